import { experimentPreviews } from "@calcom/features/experiments/server";
import { knownSlugSchema, variantNameSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { answerOwnPages, NEVER_STORED, parseJson, refuse } from "@/lib/json-endpoint";
import { readBody } from "@/lib/read-body";
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

/** Returns what this browser previews and, for people who may choose, the variants of the named experiments. */
export function GET(request: Request): Promise<Response> {
  return answered(request, async () => {
    const slugs = slugsSchema.safeParse(new URL(request.url).searchParams.getAll("slug"));
    if (!slugs.success) return refuseInput();
    const viewer = await currentViewer();
    const [previews, mayPreview] = await Promise.all([
      experimentPreviews().current(viewer),
      experimentPreviews().mayPreview(viewer),
    ]);
    // The previews have expired or belong to somebody else. Drop the cookie, so that pages need not ask again.
    if (previews.length === 0) await dropPreviews();
    return answerOf({
      mayPreview,
      previews: shownPreviews(previews),
      choices: mayPreview ? await experimentPreviews().choices(viewer, slugs.data) : [],
    });
  });
}

/** Previews another variant of one experiment, or ends its preview. */
export function POST(request: Request): Promise<Response> {
  return answered(request, async () => {
    const body = await readBody(request, MAX_BODY_BYTES);
    const choice = choiceSchema.safeParse(parseJson(body?.toString("utf8") ?? ""));
    if (!choice.success) return refuseInput();
    const viewer = await currentViewer();
    const cookie = await experimentPreviews().choose(viewer, choice.data);
    const previews = await experimentPreviews().current({ ...viewer, cookie });
    await (previews.length === 0 ? dropPreviews() : keepPreviews(cookie));
    return answerOf({ previews: shownPreviews(previews) });
  });
}

/** Ends every preview of this browser. */
export function DELETE(request: Request): Promise<Response> {
  return answered(request, async () => {
    await dropPreviews();
    return answerOf({ previews: [] });
  });
}

function answered(request: Request, answer: () => Promise<Response>): Promise<Response> {
  return answerOwnPages(request, "A preview was not answered", answer);
}

function answerOf(body: object): Response {
  return Response.json(body, { headers: NEVER_STORED });
}

function refuseInput(): Response {
  return refuse(400, "invalid_input", "Name an experiment's slug and its variant, or null.");
}
