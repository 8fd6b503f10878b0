"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useCurrentSection } from "./useCurrentSection";

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

const idOf = (section: FormSection) => `form-${section}`;

/** The questions of the form, each a click away. Where there is room they stay in view, and say which one is read. */
export function SectionNav() {
  const { t } = useLocale();
  const current = useCurrentSection(SECTIONS, idOf);
  return (
    <nav
      aria-label={t("form_sections")}
      data-sticky-top
      className="z-10 -my-2 bg-background lg:sticky lg:top-0 lg:-mx-1 lg:border-b lg:px-1 lg:py-1"
    >
      <ol className="flex flex-wrap gap-x-4 text-dense max-sm:scroll-row">
        {SECTIONS.map((section, index) => (
          <li key={section}>
            <a
              href={`#${idOf(section)}`}
              aria-current={section === current ? "location" : undefined}
              className="inline-flex min-h-8 items-center gap-1.5 text-muted-foreground hover:text-foreground hover:underline max-sm:min-h-11 aria-[current]:font-medium aria-[current]:text-foreground"
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
