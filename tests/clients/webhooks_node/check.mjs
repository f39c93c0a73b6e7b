// Checks requests as their receiver would, by libraries that no one here has written.
//
//   echo '[{"headers": {...}, "body": "...", "secret": "whsec_..." or null, "public_key": "whpk_..." or
//          null}]' | node check.mjs    ->   [{"v1": "ok", "v1a": null, "event": {...}}]
//
// standardwebhooks knows v1; v1a is checked by Node's own ed25519. cloudevents reads the body.
import { createPublicKey, verify } from "node:crypto";
import { HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";

const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

function v1(request) {
  if (!request.secret) return null;
  try {
    new Webhook(request.secret).verify(request.body, request.headers);
    return "ok";
  } catch (error) {
    return error.message;
  }
}

function v1a(request) {
  if (!request.public_key) return null;
  const raw = Buffer.from(request.public_key.slice("whpk_".length), "base64");
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: "der", type: "spki" });
  const { "webhook-id": id, "webhook-timestamp": timestamp } = request.headers;
  const text = Buffer.from(`${id}.${timestamp}.${request.body}`);
  const matches = request.headers["webhook-signature"].split(" ").some((part) =>
    part.startsWith("v1a,") && verify(null, text, key, Buffer.from(part.slice(4), "base64")));
  return matches ? "ok" : "no signature matches";
}

function event(request) {
  try {
    const read = HTTP.toEvent({ headers: request.headers, body: request.body });
    return { valid: read.validate(), id: read.id, type: read.type, source: read.source,
             subject: read.subject, data: read.data };
  } catch (error) {
    return { valid: false, error: error.message };
  }
}

let text = "";
for await (const chunk of process.stdin) text += chunk;
console.log(JSON.stringify(JSON.parse(text).map((request) =>
  ({ v1: v1(request), v1a: v1a(request), event: event(request) }))));
