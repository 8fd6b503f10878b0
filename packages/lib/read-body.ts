/** Reads the body of a request; null if it is longer than `maxBytes`. No more than that is ever held in memory. */
export async function readBody(
  request: Pick<Request, "headers" | "body">,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The declared length may be missing or wrong, so count what arrives.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
