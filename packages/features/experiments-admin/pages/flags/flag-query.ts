import { type FlagListQuery, flagListSchema } from "@calcom/features/flags";

const { search, page } = flagListSchema.shape;
const MAX_SEARCH_CHARS = 100;

/** What the address of the list says; whatever cannot be read is as if it were not there. */
export function readFlagQuery(params: URLSearchParams): FlagListQuery {
  return {
    search: search.safeParse(params.get("search")?.trim().slice(0, MAX_SEARCH_CHARS)).data ?? "",
    onlyStale: params.get("stale") === "1",
    onlyScheduled: params.get("scheduled") === "1",
    page: page.safeParse(Number(params.get("page") ?? 1)).data ?? 1,
  };
}

/** The address without what is not asked for: "" or "?search=booker". */
export function writeFlagQuery({ search, page, onlyStale, onlyScheduled }: FlagListQuery): string {
  const params = new URLSearchParams();
  if (search !== "") params.set("search", search);
  if (onlyStale) params.set("stale", "1");
  if (onlyScheduled) params.set("scheduled", "1");
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Whether the address leads to the dialog that creates one. */
export function asksForNew(params: URLSearchParams): boolean {
  return params.get("new") === "1";
}
