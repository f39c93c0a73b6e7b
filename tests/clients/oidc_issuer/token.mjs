// Keys and tokens that an issuer would not give, by npm jose.
//
//   node token.mjs keys KID               an RSA and an EC private key as a JWKS; kids KID-rs, KID-es
//   node token.mjs sign JWKS KID CLAIMS [HEADER]  a token signed with that key; HEADER overrides its header
//   node token.mjs none CLAIMS            an unsigned token
//   node token.mjs confused JWKS KID CLAIMS  HS256 whose secret is the text of the public key
import { readFileSync } from "node:fs";
import { UnsecuredJWT, SignJWT, exportJWK, exportSPKI, generateKeyPair, importJWK } from "jose";

const [what, ...rest] = process.argv.slice(2);
const keyOf = (file, kid) => JSON.parse(readFileSync(file, "utf8")).keys.find((key) => key.kid === kid);

async function pair(alg, kid) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid, use: "sig" };
}

async function confused(file, kid, claims) {
  const { d, p, q, dp, dq, qi, ...open } = keyOf(file, kid);
  const secret = new TextEncoder().encode(await exportSPKI(await importJWK(open, open.alg)));
  return new SignJWT(JSON.parse(claims)).setProtectedHeader({ alg: "HS256", kid }).sign(secret);
}

async function sign(file, kid, claims, header = "{}") {
  const key = keyOf(file, kid);
  return new SignJWT(JSON.parse(claims))
    .setProtectedHeader({ alg: key.alg, kid, typ: "at+jwt", ...JSON.parse(header) })
    .sign(await importJWK(key, key.alg));
}

const tell = {
  keys: async (kid) => JSON.stringify({ keys: [await pair("RS256", kid + "-rs"), await pair("ES256", kid + "-es")] }),
  sign,
  confused,
  none: async (claims) => new UnsecuredJWT(JSON.parse(claims)).encode(),
}[what];
console.log(await tell(...rest));
