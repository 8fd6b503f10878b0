/** The body of a request; null where it is longer than `maxBytes`, of which no more is ever held. */
export async function readBody(
  request: Pick<Request, "headers" | "body">,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A length may be missing or a lie: what arrives is counted.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
