import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { useId } from "react";
import { isPagePath } from "./preview-address";

/** How long links may work, in days. */
export const LINK_LIFETIMES = [1, 7, 30] as const;
export type LinkLifetime = (typeof LINK_LIFETIMES)[number];

interface PreviewLinkOptionsProps {
  path: string;
  onPathChange: (path: string) => void;
  lifetime: LinkLifetime;
  onLifetimeChange: (lifetime: LinkLifetime) => void;
}

export function PreviewLinkOptions(props: PreviewLinkOptionsProps) {
  const { path, onPathChange, lifetime, onLifetimeChange } = props;
  const { t } = useLocale();
  const id = useId();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
      <Field
        label={t("preview_links_page")}
        htmlFor={`${id}-page`}
        hint={t("preview_links_page_hint")}
        error={isPagePath(path) ? null : t("preview_links_page_invalid")}
      >
        <Input value={path} onChange={(event) => onPathChange(event.target.value)} className="font-mono" />
      </Field>
      <Field label={t("preview_links_lifetime")} htmlFor={`${id}-lifetime`}>
        <Select
          value={String(lifetime)}
          onValueChange={(value) => {
            const chosen = LINK_LIFETIMES.find((days) => String(days) === value);
            if (chosen) onLifetimeChange(chosen);
          }}
        >
          <SelectTrigger>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {LINK_LIFETIMES.map((days) => (
              <SelectItem key={days} value={String(days)}>
                {t("preview_links_days", { count: days })}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
    </div>
  );
}
