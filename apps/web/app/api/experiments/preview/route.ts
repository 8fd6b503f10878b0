import { experimentPreviews } from "@calcom/features/experiments/server";
import { knownSlugSchema, variantNameSchema } from "@calcom/features/experiments/types";
import { httpStatusOf, isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { z } from "zod";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";
import {
  currentViewer,
  dropPreviews,
  keepPreviews,
  shownPreviews,
} from "@/modules/experiments/preview/preview-cookies";

const slugsSchema = z.array(knownSlugSchema).max(100);
/** Null ends the preview of that experiment. */
const choiceSchema = z.object({ slug: knownSlugSchema, variant: variantNameSchema.nullable() });
const MAX_BODY_BYTES = 2_048;

/** What this browser previews, and for those who may choose: what of the named experiments there is. */
export function GET(request: Request): Promise<Response> {
  return answered(request, async () => {
    const slugs = slugsSchema.parse(new URL(request.url).searchParams.getAll("slug"));
    const viewer = await currentViewer();
    const [previews, mayPreview] = await Promise.all([
      experimentPreviews().current(viewer),
      experimentPreviews().mayPreview(viewer),
    ]);
    // It has expired, or somebody else is here now: pages need not ask again.
    if (previews.length === 0) await dropPreviews();
    return {
      mayPreview,
      previews: shownPreviews(previews),
      choices: mayPreview ? await experimentPreviews().choices(viewer, slugs) : [],
    };
  });
}

/** Shows another variant of one experiment, or one's own again. */
export function POST(request: Request): Promise<Response> {
  return answered(request, async () => {
    const body = await readBody(request, MAX_BODY_BYTES);
    const choice = choiceSchema.parse(body === null ? null : JSON.parse(body.toString("utf8")));
    const viewer = await currentViewer();
    const cookie = await experimentPreviews().choose(viewer, choice);
    const previews = await experimentPreviews().current({ ...viewer, cookie });
    await (previews.length === 0 ? dropPreviews() : keepPreviews(cookie));
    return { previews: shownPreviews(previews) };
  });
}

/** Ends every preview of this browser. */
export function DELETE(request: Request): Promise<Response> {
  return answered(request, async () => {
    await dropPreviews();
    return { previews: [] };
  });
}

async function answered(request: Request, answer: () => Promise<object>): Promise<Response> {
  if (!isSameOrigin(request)) return refused(403, "cross_site", "Call this from the site itself.");
  try {
    return Response.json(await answer(), { headers: NEVER_STORED });
  } catch (error) {
    if (isAppError(error)) return refused(httpStatusOf[error.kind], error.code, error.message);
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return refused(400, "invalid_input", "Name an experiment's slug and its variant, or null.");
    logger.error("A preview was not answered", { error });
    return refused(500, "internal", "Something went wrong on our side.");
  }
}

const NEVER_STORED = { "cache-control": "private, no-store" };

function refused(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: NEVER_STORED });
}
