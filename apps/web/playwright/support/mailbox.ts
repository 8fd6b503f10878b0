import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mailbox {
  url: string;
  /** The link in the latest mail to that address, as soon as there is one. */
  linkFor(address: string): Promise<string>;
  close(): Promise<void>;
}

/** Takes whatever mail is sent, for anybody. */
export async function openMailbox(): Promise<Mailbox> {
  const links = new Map<string, string>();
  const waiting = new Map<string, (link: string) => void>();
  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    async onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part);
      const text = Buffer.concat(parts).toString("utf8").replace(/=\r\n/g, "").replaceAll("=3D", "=");
      const link = /https?:\S+/.exec(text)?.[0] ?? "";
      for (const { address } of envelope.rcptTo) {
        links.set(address, link);
        waiting.get(address)?.(link);
      }
      done();
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    linkFor: (address) =>
      new Promise((resolve) => {
        const link = links.get(address);
        links.delete(address);
        if (link === undefined) waiting.set(address, resolve);
        else resolve(link);
      }),
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
}
