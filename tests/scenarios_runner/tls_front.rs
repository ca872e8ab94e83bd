//! TLS in front of a server that has none: what a proxy does for an operator, so that operators' own calls need no TLS here.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio_rustls::TlsAcceptor;

/// It ends when it is dropped, and its connections with it.
pub(crate) struct TlsFront {
    pub(crate) url: String,
    /// Who says that its certificate is in order, in PEM.
    pub(crate) authority: PathBuf,
    runtime: Option<Runtime>,
}

impl TlsFront {
    /// In front of `server` (`host:port`), with a certificate of its own, whose authority is written into `folder`.
    pub(crate) fn start(folder: &Path, server: String) -> Result<Self, Box<dyn Error>> {
        let authority = folder.join("authority.pem");
        let acceptor = TlsAcceptor::from(Arc::new(certified(&authority)?));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("wss://localhost:{}", listener.local_addr()?.port());
        runtime.spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                let (acceptor, server) = (acceptor.clone(), server.clone());
                tokio::spawn(async move {
                    // Whoever is cut off sees that, and the scenario says what then.
                    let _ = device.set_nodelay(true);
                    let Ok(mut server) = TcpStream::connect(server).await else { return };
                    let _ = server.set_nodelay(true);
                    let Ok(mut device) = acceptor.accept(device).await else { return };
                    let _ = tokio::io::copy_bidirectional(&mut device, &mut server).await;
                });
            }
        });
        Ok(Self { url, authority, runtime: Some(runtime) })
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// TLS for this machine; who vouches for it is written into a file.
fn certified(file: &Path) -> Result<ServerConfig, Box<dyn Error>> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate()?;
    std::fs::write(file, authority.self_signed(&authority_key)?.pem())?;
    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &Issuer::new(authority, authority_key))?;
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    Ok(config)
}
