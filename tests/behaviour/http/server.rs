//! A server on a free port, and a client of it.

use std::{net::SocketAddr, time::Duration};

use access::{Access, ProviderSettings, System};
use grassroots::{
    graph::{Graph, Limits, TrustedDocuments},
    http::{HttpSettings, Page, Readiness, Service, router, scrape, serve},
    metrics::{Connections, Metrics},
};
use reqwest::{Client, Method, RequestBuilder, Response, header::CONTENT_TYPE};
use serde_json::{Value, json};
use support::Backend;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{instance::Instance, world::World};

pub(crate) struct Server {
    pub(crate) world: World,
    pub(crate) address: SocketAddr,
    metrics: Metrics,
    client: Client,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(backend: Backend) -> Server {
        Server::start_with(backend, Limits::USUAL, HttpSettings::default()).await
    }

    pub(crate) async fn start_with(
        backend: Backend,
        limits: Limits,
        settings: HttpSettings,
    ) -> Server {
        Server::start_trusting(backend, limits, settings, TrustedDocuments::default()).await
    }

    pub(crate) async fn start_trusting(
        backend: Backend,
        limits: Limits,
        settings: HttpSettings,
        trusted: TrustedDocuments,
    ) -> Server {
        let world = World::make(backend).await;
        let Instance { system, access, .. } =
            Instance::start_limited(&world.url, Some(limits.time() + Duration::from_secs(1))).await;
        let metrics = Metrics::new(access.clone(), &trusted);
        let graph = Graph::new(limits, trusted);
        let served = service(system, access, graph, metrics, settings.graphiql);
        Server::serve(world, served, settings).await
    }

    /// One that takes an identity provider's tokens.
    pub(crate) async fn start_for(backend: Backend, provider: ProviderSettings) -> Server {
        let world = World::make(backend).await;
        let Instance { system, graph, .. } = Instance::start(&world.url).await;
        let access = system.access_trusting(provider).await.unwrap();
        let metrics = Metrics::new(access.clone(), &TrustedDocuments::default());
        let served = service(system, access, graph, metrics, true);
        Server::serve(world, served, HttpSettings::default()).await
    }

    /// One that serves this.
    pub(crate) async fn serve(world: World, service: Service, settings: HttpSettings) -> Server {
        let metrics = service.metrics.clone();
        let router = router(service, &settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, router, metrics.connections(), async move {
            // Without somebody to stop it, it goes on.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
        }));
        Server {
            world,
            address,
            metrics,
            client: Client::new(),
            stop,
            serving,
        }
    }

    /// Serves the metrics on a listener of their own, and gives its address.
    pub(crate) async fn watch(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (router, uncounted) = (scrape(self.metrics.clone()), Connections::default());
        tokio::spawn(serve(listener, router, uncounted, std::future::pending()));
        address
    }

    /// Tells the server to stop, and gives what is done when it has.
    pub(crate) fn stop(self) -> JoinHandle<()> {
        self.stop.send(()).unwrap();
        self.serving
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// Reads by an operation in the address, as the steward of the east.
    pub(crate) async fn read(&self, parameters: &[(&str, &str)]) -> Response {
        let token = self.world.instance.token("steward").await;
        let request = self.get("/graphql").bearer_auth(token).query(parameters);
        request.send().await.unwrap()
    }

    /// A request for an operation in JSON, its body still missing.
    pub(crate) async fn post(&self) -> RequestBuilder {
        self.post_as("application/json").await
    }

    /// The same in another media type.
    pub(crate) async fn post_as(&self, media: &str) -> RequestBuilder {
        let token = self.world.instance.token("steward").await;
        self.request(Method::POST, "/graphql")
            .bearer_auth(token)
            .header(CONTENT_TYPE, media)
    }

    /// The same in JSON, for nobody.
    pub(crate) fn post_without_token(&self) -> RequestBuilder {
        self.request(Method::POST, "/graphql")
            .header(CONTENT_TYPE, "application/json")
    }

    /// Runs an operation as the steward of the east.
    pub(crate) async fn run(&self, query: &str) -> Response {
        let request = self.post().await.body(operation(query));
        request.send().await.unwrap()
    }
}

fn service(
    system: System,
    access: Access,
    graph: Graph,
    metrics: Metrics,
    has_page: bool,
) -> Service {
    Service {
        graph,
        access,
        readiness: Readiness::new(system),
        metrics,
        page: has_page.then(Page::default),
    }
}

/// The body of an operation.
pub(crate) fn operation(query: &str) -> String {
    json!({ "query": query }).to_string()
}

/// A header of the response, empty where it has none.
pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

/// The code of the only error in a response that has no data.
pub(crate) async fn code(response: Response) -> String {
    let body: Value = response.json().await.unwrap();
    assert!(body.get("data").is_none(), "{body}");
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{body}");
    assert!(errors[0]["message"].is_string(), "{body}");
    errors[0]["extensions"]["code"].as_str().unwrap().to_owned()
}
