package org.seenby.core

import android.net.http.X509TrustManagerExtensions
import java.io.ByteArrayInputStream
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/**
 * Who Android trusts (R29): the system's authorities, the user's where the app allows them, and the app's network security
 * config with its pins. The name in the certificate is checked by the library.
 */
internal class AndroidTrust : CertificateVerifier {
    override fun verify(host: String, chain: List<ByteArray>): String? {
        val certificates = try {
            val factory = CertificateFactory.getInstance("X.509")
            chain.map { factory.generateCertificate(ByteArrayInputStream(it)) as X509Certificate }.toTypedArray()
        } catch (e: CertificateException) {
            return "a certificate cannot be read: ${e.message}"
        }
        // Android's manager does not ask what a certificate is for.
        val purposes = certificates.firstOrNull()?.extendedKeyUsage
        if (purposes != null && SERVER !in purposes && ANY !in purposes) {
            return "the certificate is for ${purposes.joinToString()}; it must be for servers ($SERVER)"
        }
        return try {
            check(manager(), certificates, host)
            null
        } catch (e: CertificateException) {
            // The innermost says what is wrong: outside of it is only that something is.
            val why = generateSequence<Throwable>(e) { it.cause }.last()
            "Android does not trust it: ${why.message ?: why.javaClass.simpleName}"
        }
    }

    /** Asked for anew each time: the user may have added an authority, or taken one away. */
    private fun manager(): X509TrustManager {
        val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        factory.init(null as KeyStore?)
        return factory.trustManagers.filterIsInstance<X509TrustManager>().firstOrNull()
            ?: throw CertificateException("the system has no X509TrustManager")
    }

    private fun check(manager: X509TrustManager, chain: Array<X509Certificate>, host: String) {
        val byHost = try {
            X509TrustManagerExtensions(manager)
        } catch (_: IllegalArgumentException) {
            // A manager that an app or a test put in its place, and that knows no hosts.
            null
        }
        if (byHost == null) manager.checkServerTrusted(chain, AUTH_TYPE) else byHost.checkServerTrusted(chain, AUTH_TYPE, host)
    }

    private companion object {
        /** How keys are exchanged is no part of TLS 1.3's suites, and nothing here depends on it. */
        const val AUTH_TYPE = "UNKNOWN"
        const val SERVER = "1.3.6.1.5.5.7.3.1"
        const val ANY = "2.5.29.37.0"
    }
}
