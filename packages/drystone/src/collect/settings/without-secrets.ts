/** Passwords are no evidence: those in addresses and connection strings become `***`; placeholders stay. */
export function withoutSecrets(value: string): string {
  return value
    .replace(/(:\/\/[^:/@\s]{1,100}:)(?!\$\{)[^@/\s]{1,200}@/g, "$1***@")
    .replace(/((?:password|pwd|secret|sharedaccesskey|accountkey)\s{0,3}=\s{0,3})(?!\$\{)[^;&\s]{1,300}/gi, "$1***");
}
