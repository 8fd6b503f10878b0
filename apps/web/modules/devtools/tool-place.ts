import { CORNERS, type Corner } from "@calcom/features/experiments/components/ExperimentDevtools";
import { readOwnJson } from "@calcom/lib/json";
import { TOOLS_STORAGE_KEY } from "./tools-wanted";

/** Where the tools are on the pages of this browser. */
export interface ToolPlace {
  corner: Corner;
  isHidden: boolean;
}

export function readPlace(): ToolPlace {
  try {
    const stored: unknown = readOwnJson(localStorage.getItem(TOOLS_STORAGE_KEY) ?? "null");
    if (typeof stored !== "object" || stored === null) return FIRST_PLACE;
    const corner = "corner" in stored ? CORNERS.find((known) => known === stored.corner) : undefined;
    return {
      corner: corner ?? FIRST_PLACE.corner,
      isHidden: "isHidden" in stored && stored.isHidden === true,
    };
  } catch {
    // Forbidden, or edited by hand: where they are at first.
    return FIRST_PLACE;
  }
}

export function keepPlace(place: ToolPlace): void {
  try {
    localStorage.setItem(TOOLS_STORAGE_KEY, JSON.stringify(place));
  } catch {
    // Forbidden or full: the next page has them in the first place.
  }
}

const FIRST_PLACE: ToolPlace = { corner: "bottom-right", isHidden: false };
