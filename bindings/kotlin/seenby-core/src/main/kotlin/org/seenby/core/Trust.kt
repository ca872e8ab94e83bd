package org.seenby.core

import android.net.http.X509TrustManagerExtensions
import java.io.ByteArrayInputStream
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/** Says whether the certificates that a server showed are trusted (R29). The name in them is SeenBy's to check. */
internal fun interface Trust {
    /** Throws the reason if they are not. */
    fun check(chain: Array<X509Certificate>, authType: String, host: String)

    companion object {
        /** The JVM's authorities: `javax.net.ssl.trustStore`, else those that came with it or with the system. */
        val jvm = Trust { chain, authType, _ -> manager(null).checkServerTrusted(chain, authType) }

        /** These authorities, and nobody else. */
        fun of(authorities: List<ByteArray>): Trust {
            val keys = KeyStore.getInstance(KeyStore.getDefaultType())
            keys.load(null, null)
            authorities.forEachIndexed { at, encoded -> keys.setCertificateEntry("authority $at", certificate(encoded)) }
            val manager = manager(keys)
            return Trust { chain, authType, _ -> manager.checkServerTrusted(chain, authType) }
        }

        /** One certificate, of its DER. */
        fun certificate(encoded: ByteArray): X509Certificate =
            CertificateFactory.getInstance("X.509").generateCertificate(ByteArrayInputStream(encoded)) as X509Certificate

        /** Made anew for each connection: the user may have added an authority, or taken one away. Null: the platform's. */
        fun manager(keys: KeyStore?): X509TrustManager {
            val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
            factory.init(keys)
            return factory.trustManagers.filterIsInstance<X509TrustManager>().firstOrNull()
                ?: throw CertificateException("the system has no X509TrustManager")
        }
    }
}

/** Whom Android trusts: the system's authorities, the user's where the app allows them, and the app's network security config. */
internal class AndroidTrust : Trust {
    override fun check(chain: Array<X509Certificate>, authType: String, host: String) {
        val manager = Trust.manager(null)
        val byHost = try {
            X509TrustManagerExtensions(manager)
        } catch (_: IllegalArgumentException) {
            // A manager that an app or a test put in its place, and that knows no hosts.
            null
        }
        if (byHost == null) manager.checkServerTrusted(chain, authType) else byHost.checkServerTrusted(chain, authType, host)
    }
}

/** What a connection's TLS asks about the server's certificates. It keeps what it was shown, for the sentence that says why not. */
internal class Judge(private val trust: Trust, private val host: String) : X509TrustManager {
    /** What the server showed, its own first. */
    @Volatile
    var shown: List<X509Certificate> = emptyList()
        private set

    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {
        shown = chain.asList()
        // Android's manager does not ask what a certificate is for.
        val purposes = chain.firstOrNull()?.extendedKeyUsage
        if (purposes != null && SERVER !in purposes && ANY !in purposes) {
            throw CertificateException("the certificate is for ${purposes.joinToString()}; it must be for servers ($SERVER)")
        }
        trust.check(chain, authType, host)
    }

    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) =
        throw CertificateException("SeenBy connects to servers and takes no connections")

    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()

    private companion object {
        const val SERVER = "1.3.6.1.5.5.7.3.1"
        const val ANY = "2.5.29.37.0"
    }
}
