import type { PreviewChoice } from "@calcom/features/experiments/server";

export interface ShownPreview {
  slug: string;
  variant: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface PreviewState {
  mayPreview: boolean;
  previews: ShownPreview[];
  choices: PreviewChoice[];
}

const PATH = "/api/experiments/preview";

/** What this browser previews, and what of these experiments it may choose from. */
export function fetchPreviewState(slugs: string[] = []): Promise<PreviewState> {
  const query = new URLSearchParams(slugs.map((slug) => ["slug", slug]));
  return call(`${PATH}?${query}`, {});
}

/** Null ends the preview of that experiment. */
export function choosePreview(slug: string, variant: string | null): Promise<Pick<PreviewState, "previews">> {
  const headers = { "content-type": "application/json" };
  return call(PATH, { method: "POST", headers, body: JSON.stringify({ slug, variant }) });
}

export function stopPreviews(): Promise<Pick<PreviewState, "previews">> {
  return call(PATH, { method: "DELETE" });
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return response.json() as Promise<T>;
}
