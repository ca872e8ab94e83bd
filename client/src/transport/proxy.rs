//! An HTTP proxy (R29): one CONNECT, then the connection is the server's.

use crate::endpoint::host_and_port;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use seenby_core::model::{Error, ErrorCode, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest answer of a proxy.
const ANSWER_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;

/// A proxy's address, and what it is told.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    authorization: Option<String>,
}

impl Proxy {
    /// `http://[user:password@]host:port`. 6017 otherwise; the sentence does not repeat a password.
    pub(super) fn parse(url: &str) -> Result<Self> {
        let wrong = |why: &str| {
            Error::invalid(format!(
                "the configuration's field proxy: {why}; it must be http://[user:password@]host:port"
            ))
        };
        let rest = url.strip_prefix("http://").ok_or_else(|| wrong("the scheme is not http"))?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user, authority) = match rest.rsplit_once('@') {
            Some((user, authority)) => (Some(user), authority),
            None => (None, rest),
        };
        let (host, port) = host_and_port(authority, 80).map_err(wrong)?;
        let authorization = match user {
            Some(user) if user.contains(':') => Some(STANDARD.encode(percent_decode(user))),
            Some(_) => return Err(wrong("a user name without a password")),
            None => None,
        };
        Ok(Self { host, port, authorization })
    }

    /// Asks for a tunnel to `target` (`host:port`).
    pub(super) async fn tunnel(&self, mut stream: TcpStream, target: &str) -> Result<TcpStream> {
        let failed = |what: String| Error::new(ErrorCode::Disconnected, format!("the proxy {}: {what}", self.host));
        let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        if let Some(authorization) = &self.authorization {
            request.push_str(&format!("Proxy-Authorization: Basic {authorization}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).await.map_err(|error| failed(error.to_string()))?;
        let mut answer = Vec::new();
        // Byte by byte, so that nothing of what follows the answer is taken: the server speaks second, in TLS as in HTTP.
        while !answer.ends_with(b"\r\n\r\n") {
            if answer.len() >= ANSWER_BYTES {
                return Err(failed("its answer does not end".into()));
            }
            answer.push(stream.read_u8().await.map_err(|error| failed(format!("it closed the connection: {error}")))?);
        }
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        match response.parse(&answer) {
            Ok(httparse::Status::Complete(_)) if response.code == Some(200) => Ok(stream),
            Ok(_) => {
                let code = response.code.unwrap_or_default();
                Err(failed(format!("it refused to connect to {target} with HTTP status {code}")))
            }
            Err(error) => Err(failed(format!("its answer is not HTTP: {error}"))),
        }
    }
}

/// `%41` is `A`; what is no such escape stays.
fn percent_decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let escape = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match escape.filter(|_| byte == b'%') {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &tail[2..];
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r29_proxies_are_parsed() {
        let proxy = Proxy::parse("http://us%65r:p%40ss@proxy.example:3128/").unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("proxy.example", 3128));
        assert_eq!(proxy.authorization, Some(STANDARD.encode("user:p@ss")));
        assert_eq!(Proxy::parse("http://[::1]:8080").unwrap().host, "::1");
        for wrong in ["proxy:3128", "https://proxy:1", "socks5://x:1", "http://", "http://u@h:1", "http://h:x"] {
            let error = Proxy::parse(wrong).err().expect(wrong);
            assert_eq!(error.code.number(), 6017);
            assert!(error.message.contains("field proxy"));
        }
        let secret = Proxy::parse("ftp://user:secret@host:1").err().unwrap();
        assert!(!secret.message.contains("secret"));
    }
}
