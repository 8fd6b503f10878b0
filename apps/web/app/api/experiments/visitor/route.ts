import { identityFromRequest } from "@/lib/identity";
import { answerOwnPages, NEVER_STORED } from "@/lib/json-endpoint";
import { replaceOthersVisitor } from "@/modules/experiments/auth-events";

/**
 * Gives the browser a new visitor ID if its own belongs to another person. Pages call this, since they cannot set a cookie
 * while they render.
 */
export function POST(request: Request): Promise<Response> {
  return answerOwnPages(request, "A browser did not get a visitor of its own", async () => {
    await replaceOthersVisitor(await identityFromRequest(request));
    return new Response(null, { status: 204, headers: NEVER_STORED });
  });
}
