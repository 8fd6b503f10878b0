"use client";

import { useLocale } from "@calcom/lib/i18n";
import { CopyButton } from "@calcom/ui";
import type { ExperimentConfig } from "../../types";
import { hookSnippet } from "./hook-snippet";

export function HookSnippet({ slug, config }: { slug: string; config: ExperimentConfig }) {
  const { t } = useLocale();
  const code = hookSnippet(slug, config);
  return (
    <div className="relative max-w-3xl rounded-lg border bg-subtle">
      {/* Long lines scroll inside of it, by keyboard too. */}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t("experiment_use_in_code")}
        className="overflow-x-auto rounded-lg p-4 pr-12"
      >
        <pre className="font-mono text-dense">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton
        value={code}
        label={t("copy")}
        copiedLabel={t("copied")}
        failedLabel={t("could_not_copy")}
        className="absolute top-2 right-2"
      />
    </div>
  );
}
