// A real OpenID Connect issuer (npm oidc-provider) for tests/clients/oidc: machine clients with JWT access
// tokens of one audience.
//
//   node issuer.mjs PORT JWKS AUDIENCE     serves; a line on standard output for each look at its keys
//
// A client whose id ends with "-es" gets ES256, every other RS256.
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const [port, keys, audience] = process.argv.slice(2);
const secret = "a secret of the test, of no use elsewhere";
const client = (id) => ({
  client_id: id,
  client_secret: secret,
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
  token_endpoint_auth_method: "client_secret_post",
});
const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: JSON.parse(readFileSync(keys, "utf8")),
  clients: ["anna-rs", "berta-es", "nobody-rs"].map(client),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      getResourceServerInfo: (_context, indicator, asking) => ({
        scope: "api",
        audience: indicator,
        accessTokenTTL: 600,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: asking.clientId.endsWith("-es") ? "ES256" : "RS256" } },
      }),
    },
  },
});
provider.use(async (context, next) => {
  if (context.path === "/jwks") console.log("keys are read");
  await next();
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
