"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Section } from "@calcom/ui";
import { useState } from "react";
import { type LivePreviewLink, LivePreviewLinks } from "./detail/LivePreviewLinks";
import { PreviewLinkList } from "./detail/PreviewLinkList";
import { type LinkLifetime, PreviewLinkOptions } from "./detail/PreviewLinkOptions";
import { isPagePath } from "./detail/preview-address";
import type { SetupSection } from "./shared/paths";

export { LINK_LIFETIMES, type LinkLifetime } from "./detail/PreviewLinkOptions";

const PREVIEWS: SetupSection = "preview-links";

export interface PreviewLinksProps {
  control: string;
  /** Where the site is, such as `https://app.example.com`. */
  origin: string;
  /** What this page has made; null until it has. */
  minted: { links: { variant: string; query: string }[]; expiresAt: Date } | null;
  /** Those that work now. */
  live: LivePreviewLink[];
  /** Why nothing was made or revoked, in a sentence. */
  failure: string | null;
  onMake: () => void;
  isMaking: boolean;
  onRevoke: (id: string) => void;
  lifetime: LinkLifetime;
  onLifetimeChange: (lifetime: LinkLifetime) => void;
}

/** One link per variant, for people who shall see it before, or without, being assigned to it. */
export function PreviewLinks(props: PreviewLinksProps) {
  const { control, origin, minted, live, failure, lifetime, onLifetimeChange } = props;
  const { t } = useLocale();
  const [path, setPath] = useState("/");
  return (
    <Section id={PREVIEWS} title={t("preview_links")} description={t("preview_links_description")}>
      <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
        <PreviewLinkOptions
          path={path}
          onPathChange={setPath}
          lifetime={lifetime}
          onLifetimeChange={onLifetimeChange}
        />
        <Button
          type="button"
          variant="outline"
          className="w-fit"
          disabled={props.isMaking}
          onClick={props.onMake}
        >
          {t("preview_links_make")}
        </Button>
        {minted !== null && (
          <PreviewLinkList
            control={control}
            origin={origin}
            path={isPagePath(path) ? path : null}
            minted={minted}
          />
        )}
        {failure !== null && (
          <p role="alert" className="text-dense text-destructive">
            {failure}
          </p>
        )}
        <LivePreviewLinks
          links={live}
          question={{ title: t("preview_links_revoke_title"), loss: t("preview_links_revoke_loss") }}
          onRevoke={props.onRevoke}
        />
      </div>
    </Section>
  );
}
