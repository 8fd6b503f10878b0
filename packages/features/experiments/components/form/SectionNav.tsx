"use client";

import { useLocale } from "@calcom/lib/i18n";

const SECTIONS = ["change", "variants", "whom", "measure", "more"] as const;

/** Its heading has the id `form-` and this. */
export type FormSection = (typeof SECTIONS)[number];

const sectionKeys: Record<FormSection, string> = {
  change: "form_change",
  variants: "experiment_variants",
  whom: "form_whom",
  measure: "form_measure",
  more: "form_more",
};

/** The questions of the form, each a click away. */
export function SectionNav() {
  const { t } = useLocale();
  return (
    // Its links are higher than their words, for fingers: the space around them is theirs.
    <nav aria-label={t("form_sections")} className="-my-2 max-sm:-my-5">
      <ol className="flex flex-wrap gap-x-4 text-dense">
        {SECTIONS.map((section, index) => (
          <li key={section}>
            <a
              href={`#form-${section}`}
              className="inline-flex min-h-8 items-center gap-1.5 text-muted-foreground hover:text-foreground hover:underline max-sm:min-h-11"
            >
              <span aria-hidden className="tabular-nums">
                {index + 1}
              </span>
              {t(sectionKeys[section])}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
