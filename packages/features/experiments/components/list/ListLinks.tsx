"use client";

import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import { useMay } from "../ExperimentPermissions";
import type { ExperimentPaths } from "../shared/paths";

/** The pages beside the list, each whole on a phone too. What is done most is the button above them. */
export function ListLinks({ paths }: { paths: ExperimentPaths }) {
  const { t } = useLocale();
  const mayGovern = useMay("govern");
  const mayConvert = useMay("convert");
  const links = [
    [paths.lookup(), "person_lookup"],
    [paths.calendar, "calendar"],
    [paths.metrics, "metrics"],
    [paths.checklist, "checklist"],
    [paths.activity, "activity"],
    ...(mayGovern ? [[paths.people, "people"] as const] : []),
    ...(mayConvert && paths.flags !== undefined ? [[paths.flags, "nav_flags"] as const] : []),
  ] as const;
  return (
    <nav aria-label={t("experiments_pages")}>
      <ul className="flex flex-wrap gap-x-5 text-sm">
        {links.map(([href, key]) => (
          <li key={key}>
            <Link
              href={href}
              className="inline-flex min-h-8 items-center text-muted-foreground underline-offset-4 hover:text-foreground hover:underline pointer-coarse:min-h-11"
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
