# The server in an image: "Container" in README.md tells how to build and to run it.
# The base images can be others of a kind: Debian's, with glibc no older than where it is built.
ARG RUST_IMAGE=docker.io/library/rust:1.95-slim-trixie
ARG NODE_IMAGE=docker.io/library/node:24-trixie-slim
ARG BASE_IMAGE=docker.io/library/debian:trixie-slim

FROM ${NODE_IMAGE} AS node

FROM ${RUST_IMAGE} AS build
# GraphiQL, which the server carries, is built with Node.js.
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ENV CARGO_HOME=/var/cache/cargo GRASSROOTS_PAGE=required
WORKDIR /source
COPY . .
RUN --mount=type=cache,id=grassroots-cargo,target=/var/cache/cargo \
    --mount=type=cache,id=grassroots-target,target=/var/cache/target,sharing=locked \
    cargo build --profile dist --locked -p grassroots --features grassroots/mimalloc \
        --target-dir /var/cache/target \
    && install -D -t /image/bin /var/cache/target/dist/grassroots \
    && mkdir /image/data

FROM ${BASE_IMAGE}
# Whom to trust where an identity provider's keys are read by https.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /image/bin/grassroots /usr/local/bin/
COPY --from=build --chown=65532:65532 /image/data /data
ENV GRASSROOTS_LISTEN=0.0.0.0:8080 GRASSROOTS_DATABASE_URL=sqlite:///data/grassroots.db
# By number, so that a cluster can tell that it is not root.
USER 65532:65532
# SQLite puts what does not fit in memory here where nothing else can be written.
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["grassroots", "health"]
ENTRYPOINT ["grassroots"]
CMD ["serve"]
