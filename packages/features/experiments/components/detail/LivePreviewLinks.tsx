import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useState } from "react";
import { ConfirmDeletion } from "../ConfirmDeletion";
import { useFormat } from "../shared/useFormat";

export interface LivePreviewLink {
  id: string;
  maker: { name: string };
  createdAt: Date;
  expiresAt: Date;
}

interface LivePreviewLinksProps {
  links: LivePreviewLink[];
  /** Before one is revoked. */
  question: { title: string; loss: string };
  onRevoke: (id: string) => void;
}

/** The links that work now, whoever made them: what opens them is shown only to whoever makes them. */
export function LivePreviewLinks({ links, question, onRevoke }: LivePreviewLinksProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const [asked, setAsked] = useState<LivePreviewLink | null>(null);
  if (links.length === 0) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 className="font-medium text-dense">{t("preview_links_live")}</h3>
      <ul className="divide-y rounded-lg border">
        {links.map((link) => (
          <li key={link.id} className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
            <span className="wrap-anywhere min-w-0 flex-1 text-dense">
              {t("preview_links_made_by", {
                name: link.maker.name,
                moment: moment(link.createdAt),
                until: moment(link.expiresAt),
              })}
            </span>
            <Button
              type="button"
              variant="outline"
              size="sm"
              aria-label={t("preview_links_revoke_of", {
                name: link.maker.name,
                moment: moment(link.createdAt),
              })}
              onClick={() => setAsked(link)}
            >
              {t("preview_links_revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground text-xs">{t("preview_links_live_hint")}</p>
      {asked !== null && (
        <ConfirmDeletion
          title={question.title}
          action={t("preview_links_revoke")}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            onRevoke(asked.id);
          }}
        >
          {question.loss}
        </ConfirmDeletion>
      )}
    </div>
  );
}
