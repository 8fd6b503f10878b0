import { useLocale } from "@calcom/lib/i18n";
import { CopyButton, VariantSwatch } from "@calcom/ui";
import { useFormat } from "../shared/useFormat";
import { controlFirst } from "../shared/variant-order";
import { previewAddress } from "./preview-address";

interface PreviewLinkListProps {
  control: string;
  origin: string;
  /** Null where what was typed is no page. */
  path: string | null;
  minted: { links: { variant: string; query: string }[]; expiresAt: Date };
}

export function PreviewLinkList({ control, origin, path, minted }: PreviewLinkListProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const links = controlFirst(
    minted.links.map(({ variant, query }) => ({ name: variant, query })),
    control,
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <ul className="divide-y rounded-lg border">
        {links.map(({ name: variant, query }, place) => {
          const address = path === null ? null : previewAddress(origin, path, query);
          return (
            <li key={variant} className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
              <VariantSwatch index={place} />
              <span className="min-w-0 flex-1 truncate sm:max-w-[40%] sm:flex-none font-mono text-xs">
                {variant}
              </span>
              <span
                aria-hidden
                title={address ?? undefined}
                className="hidden min-w-0 flex-1 truncate font-mono text-muted-foreground text-xs sm:block"
              >
                {address}
              </span>
              <CopyButton
                showLabel
                variant="outline"
                value={address ?? ""}
                disabled={address === null}
                aria-label={t("preview_links_copy_variant", { variant })}
                label={t("preview_links_copy")}
                copiedLabel={t("copied")}
                failedLabel={t("could_not_copy")}
              />
            </li>
          );
        })}
      </ul>
      <p className="text-muted-foreground text-xs">
        {t("preview_links_until", { moment: moment(minted.expiresAt) })}
      </p>
    </div>
  );
}
