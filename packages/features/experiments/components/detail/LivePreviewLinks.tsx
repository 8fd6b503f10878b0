import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useFormat } from "../shared/useFormat";

export interface LivePreviewLink {
  id: string;
  maker: { name: string };
  createdAt: Date;
  expiresAt: Date;
}

interface LivePreviewLinksProps {
  links: LivePreviewLink[];
  onRevoke: (id: string) => void;
}

/** The links that work now, whoever made them: what opens them is shown only to whoever makes them. */
export function LivePreviewLinks({ links, onRevoke }: LivePreviewLinksProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  if (links.length === 0) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 className="font-medium text-dense">{t("preview_links_live")}</h3>
      <ul className="divide-y rounded-lg border">
        {links.map(({ id, maker, createdAt, expiresAt }) => (
          <li key={id} className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
            <span className="wrap-anywhere min-w-0 flex-1 text-dense">
              {t("preview_links_made_by", {
                name: maker.name,
                moment: moment(createdAt),
                until: moment(expiresAt),
              })}
            </span>
            <Button
              type="button"
              variant="outline"
              size="sm"
              aria-label={t("preview_links_revoke_of", { name: maker.name, moment: moment(createdAt) })}
              onClick={() => onRevoke(id)}
            >
              {t("preview_links_revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground text-xs">{t("preview_links_live_hint")}</p>
    </div>
  );
}
