import { PREVIEW_PARAM_PREFIX } from "@calcom/features/experiments";
import { encodePage } from "./preview-page";

const ENTRY_PATH = "/api/experiments/preview/enter";

/**
 * Where a navigation with `?experiment.<slug>=<variant>` is answered: it keeps what may be kept in a cookie and leads
 * back to the same page without those parameters, so that no token stays in an address that people share. Null for
 * every other navigation.
 */
export function previewEntry({
  pathname,
  search,
  searchParams,
  origin,
}: Pick<URL, "pathname" | "search" | "searchParams" | "origin">): URL | null {
  const asksForPreview = [...searchParams.keys()].some((name) => name.startsWith(PREVIEW_PARAM_PREFIX));
  if (!asksForPreview) return null;
  const entry = new URL(ENTRY_PATH, origin);
  entry.searchParams.set("to", encodePage(pathname + search));
  return entry;
}
