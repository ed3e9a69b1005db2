// PostGraphile as its documentation sets it up, in one process: `server.js URL PORT`.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [url, port] = process.argv.slice(2);

const preset = {
  extends: [PostGraphileAmberPreset],
  // It would leave out conditions and orders on columns without an index of their own.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [makePgService({ connectionString: url, schemas: ["public"], poolConfig: { max: 8 } })],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, maxRequestLength: 100_000 },
  grafast: {
    explain: false,
    // Who calls stands in the request as it is: no token costs anything here.
    context({ node }) {
      const { authorization } = node.req.headers;
      const [role, first, last] = authorization.slice("Bearer ".length).split(",");
      return {
        pgSettings:
          role === "peer_host"
            ? { role, "scope.program": first }
            : { role, "scope.first": first, "scope.last": last },
      };
    },
  },
  schema: { exportSchemaSDLPath: process.env.PEER_SCHEMA },
};

const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
await serv.addTo(server);
server.listen(Number(port), "127.0.0.1");
