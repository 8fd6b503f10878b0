"use client";

import { THEME_SCRIPT } from "@/lib/theme-script";

/** Runs from the first HTML. Where React renders it again in the browser (a 404 does that), it is marked as data. */
export function ThemeScript() {
  return (
    <script
      {...(typeof window === "undefined" ? {} : { type: "application/json" })}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a text of ours, which a policy knows by its hash
      dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
    />
  );
}
