//! A response's body that holds on to something until the client has taken it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

/// Bytes that are handed over at a time: what is handed over is out of sight, and
/// waits in the server for a client that does not read.
const PORTION: usize = 64 * 1024;

/// The body, in portions.
pub(super) struct Held<T> {
    body: Body,
    /// What of the last frame has not been handed over yet.
    rest: Bytes,
    _held: T,
}

impl<T> Held<T> {
    pub(super) fn new(body: Body, held: T) -> Held<T> {
        Held {
            body,
            rest: Bytes::new(),
            _held: held,
        }
    }

    fn portion(&mut self) -> Frame<Bytes> {
        let size = self.rest.len().min(PORTION);
        Frame::data(self.rest.split_to(size))
    }
}

impl<T: Unpin> HttpBody for Held<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(self.portion())));
        }
        let polled = Pin::new(&mut self.body).poll_frame(context);
        polled.map(|frame| {
            let data = frame?.map(Frame::into_data);
            Some(data.map(|data| {
                data.map_or_else(
                    |frame| frame,
                    |data| {
                        self.rest = data;
                        self.portion()
                    },
                )
            }))
        })
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (behind, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        if let Some(upper) = behind.upper() {
            hint.set_upper(upper + rest);
        }
        hint.set_lower(behind.lower() + rest);
        hint
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn a_body_comes_in_portions_and_holds_on_until_it_is_taken() {
        let sent = Bytes::from(vec![7; 2 * PORTION + 1]);
        let held = Arc::new(());
        let mut body = Held::new(Body::from(sent.clone()), held.clone());
        let mut taken = Vec::new();
        for size in [PORTION, PORTION, 1] {
            let left = (sent.len() - taken.len()) as u64;
            assert_eq!(body.size_hint().exact(), Some(left));
            assert!(!body.is_end_stream());
            let portion = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert_eq!(portion.len(), size);
            taken.extend(portion);
        }
        assert_eq!(taken, sent);
        assert!(body.is_end_stream() && body.frame().await.is_none());
        assert_eq!(Arc::strong_count(&held), 2);
        drop(body);
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
