"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import { useState } from "react";
import { PreviewLinkList } from "./detail/PreviewLinkList";
import { type LinkLifetime, PreviewLinkOptions } from "./detail/PreviewLinkOptions";
import { isPagePath } from "./detail/preview-address";

export { LINK_LIFETIMES, type LinkLifetime } from "./detail/PreviewLinkOptions";

export interface PreviewLinksProps {
  control: string;
  /** Where the site is, such as `https://app.example.com`. */
  origin: string;
  /** Null until they are there. */
  minted: { links: { variant: string; query: string }[]; expiresAt: Date } | null;
  /** Why there are none. */
  failure: string | null;
  lifetime: LinkLifetime;
  onLifetimeChange: (lifetime: LinkLifetime) => void;
}

/** One link per variant, for people who shall see it before, or without, being assigned to it. */
export function PreviewLinks(props: PreviewLinksProps) {
  const { control, origin, minted, failure, lifetime, onLifetimeChange } = props;
  const { t } = useLocale();
  const [path, setPath] = useState("/");
  return (
    <Section title={t("preview_links")} description={t("preview_links_description")}>
      <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
        <PreviewLinkOptions
          path={path}
          onPathChange={setPath}
          lifetime={lifetime}
          onLifetimeChange={onLifetimeChange}
        />
        {failure === null ? (
          <PreviewLinkList
            control={control}
            origin={origin}
            path={isPagePath(path) ? path : null}
            minted={minted}
          />
        ) : (
          <p role="alert" className="text-dense text-destructive">
            {t("preview_links_failed")} {failure}
          </p>
        )}
      </div>
    </Section>
  );
}
