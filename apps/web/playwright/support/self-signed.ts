import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate for a day, which browsers take that were told not to look. Node can read some, and make none. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const ecdsaWithSha256 = sequence(value(0x06, Buffer.from("2a8648ce3d040302", "hex")));
  const commonName = sequence(
    value(0x06, Buffer.from("550403", "hex")),
    value(0x0c, Buffer.from("loopback")),
  );
  const name = sequence(value(0x31, commonName));
  const validity = sequence(utcTime(-60 * 60_000), utcTime(24 * 60 * 60_000));
  const serial = value(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const told = sequence(serial, ecdsaWithSha256, name, validity, name, spki);
  const signature = value(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", told, privateKey)]));
  const base64 = sequence(told, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, "$&\n").trim()}\n-----END CERTIFICATE-----\n`,
  };
}

/** In DER: what it is, how long it is, and what is in it. */
function value(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return value(0x30, Buffer.concat(parts));
}

function utcTime(fromNowMs: number): Buffer {
  const text = new Date(Date.now() + fromNowMs).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return value(0x17, Buffer.from(text.slice(2)));
}
