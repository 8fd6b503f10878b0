import { NEVER_STORED } from "@/lib/json-endpoint";
import { readerOf } from "@/modules/consent/reader";

/** Returns who the server believes is reading. Static pages and the consent bar ask for it. */
export async function GET(request: Request): Promise<Response> {
  return Response.json(await readerOf(request), { headers: NEVER_STORED });
}
