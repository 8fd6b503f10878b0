import { CopyButton } from "@calcom/ui";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";

const commands = [
  { command: "npm start", comment: "landing_hosting_comment" },
  {
    command: "DATABASE_URL=postgresql://db.internal/calcom npm start",
    comment: "landing_hosting_comment_database",
  },
];

export function SelfHosting({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <section
      aria-labelledby="self-hosting"
      className="grid gap-x-12 gap-y-6 border-t py-12 lg:grid-cols-[minmax(0,4fr)_minmax(0,8fr)] lg:py-16"
    >
      <div>
        <h2 id="self-hosting" className="font-semibold text-xl tracking-tight">
          {t("landing_hosting_title")}
        </h2>
        <p className="mt-2 max-w-[44ch] text-pretty text-muted-foreground text-sm">
          {t("landing_hosting_text")}
        </p>
      </div>
      <figure className="min-w-0 overflow-hidden rounded-lg border">
        <figcaption className="border-b bg-subtle px-4 py-2 text-muted-foreground text-xs">
          {t("landing_hosting_caption")}
        </figcaption>
        <ul className="divide-y">
          {commands.map(({ command, comment }) => (
            <li key={command} className="flex items-start gap-2 py-2 ps-4 pe-2">
              {/* On a phone a long command goes on in the next line. */}
              <pre className="wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap font-mono text-dense leading-6">
                <code>
                  <span className="select-none text-muted-foreground">$&nbsp;</span>
                  {command}
                  {"\n"}
                  <span className="text-muted-foreground">{t(comment)}</span>
                </code>
              </pre>
              <CopyButton
                value={command}
                label={t("copy_command", { command })}
                copiedLabel={t("copied")}
                failedLabel={t("could_not_copy")}
              />
            </li>
          ))}
        </ul>
      </figure>
    </section>
  );
}
