import { identityFromRequest } from "@/lib/identity";
import { answerOwnPages, NEVER_STORED } from "@/lib/json-endpoint";
import { replaceOthersVisitor } from "@/modules/experiments/auth-events";

/** Pages ask here whose browser is somebody else's: they cannot set the cookie while they render. */
export function POST(request: Request): Promise<Response> {
  return answerOwnPages(request, "A browser did not get a visitor of its own", async () => {
    await replaceOthersVisitor(await identityFromRequest(request));
    return new Response(null, { status: 204, headers: NEVER_STORED });
  });
}
