import { NEVER_STORED } from "@/lib/json-endpoint";
import { readerOf } from "@/modules/consent/reader";

/** Whom the server takes the page's reader for. Static pages ask it, and the consent bar. */
export async function GET(request: Request): Promise<Response> {
  return Response.json(await readerOf(request), { headers: NEVER_STORED });
}
