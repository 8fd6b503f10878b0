import { type EnteredPreview, experimentPreviews } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { NEVER_STORED } from "@/lib/json-endpoint";
import { currentViewer, keepPreviews } from "@/modules/experiments/preview/preview-cookies";
import { pageOf } from "@/modules/experiments/preview/preview-page";

/** Handles what `proxy.ts` redirects here: keeps the preview in its cookie, and sends the browser back to its page. */
export async function GET(request: Request): Promise<Response> {
  const { pathname, searchParams } = pageOf(new URL(request.url).searchParams.get("to"));
  const { cookie, query, refusal } = await enter(searchParams);
  if (cookie !== null) await keepPreviews(cookie);
  const rest = new URLSearchParams(query);
  if (refusal !== null) rest.set("preview", refusal);
  const search = rest.toString();
  return new Response(null, {
    status: 307,
    headers: {
      location: search === "" ? pathname : `${pathname}?${search}`,
      ...NEVER_STORED,
      "referrer-policy": "no-referrer",
    },
  });
}

async function enter(search: URLSearchParams): Promise<EnteredPreview> {
  try {
    return await experimentPreviews().enter(await currentViewer(), search);
  } catch (error) {
    logger.error("A preview was not entered", { error });
    const rest = new URLSearchParams(
      [...search].filter(([name]) => !/^(?:preview$|experiment\.)/.test(name)),
    );
    return { cookie: null, query: rest.toString(), refusal: "unavailable" };
  }
}
