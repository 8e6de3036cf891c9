/** Names for contracts that have none of their own. */
import { lastPart } from "#collect/manifests/index.js";

/** What generators write when nobody gave a title. */
export function isGenericTitle(title: string): boolean {
  return /^(?:|(?:the |my )?(?:open ?api|swagger|rest|http|api|graphql)(?: (?:definition|documentation|docs?|spec(?:ification)?|api|schema|v?\d{1,3}))?|api ?docs|title|untitled|.{0,200}\.proto)$/i.test(
    title.trim(),
  );
}

const layoutFolder =
  /^(?:src|main|resources|java|kotlin|graphql|graphqls|gql|schemas?|api|apis|app|apps|server|services?|lib|libs|packages?|public|static|assets|docs?|documentation|openapi|swagger|asyncapi|contracts?|specs?|protos?|proto|pb|idl|definitions?|generated|gen|types|config|v\d{1,3}|internal|pkg|cmd|db|graph|backend|web)$/i;

/** The folder nearest to the file that says more than where such files lie; else the name of the file; else that of the repository. */
export function nameFromPath(repository: string, file: string): string {
  const folder = file
    .split("/")
    .slice(0, -1)
    .findLast((part) => !layoutFolder.test(part));
  if (folder !== undefined) return folder;
  const stem = lastPart(file).replace(
    /(?:[._-](?:openapi|swagger|asyncapi|schema|api))?\.(?:json|ya?ml|graphqls?|gql|proto)$/i,
    "",
  );
  return /^(?:openapi|swagger|asyncapi|schema|api|index|)$/i.test(stem) ? repository : stem;
}
