/** Which files hold settings, told by their path. */
import { lastPart } from "#collect/manifests/index.js";

const elsewhere =
  /(?:^|\/)(?:test|tests|__tests__|__mocks__|testing|e2e|spec|it|integration-?tests?|src\/(?:test|integrationTest|it)|test-?resources|fixtures?|node_modules|bower_components|vendor|target|dist|out|\.git|\.github|\.gradle|\.mvn|\.idea|\.vscode|locales?|i18n|lang|messages|crds?|dashboards|templates|workflows|\.circleci|public|static|assets)\//i;
const testProfile = /(?:^|[-._,])(?:test|tests|testing|it|e2e|integration|integrationtests?|unittest|mock|ci)(?:$|[-._,])/i;

const named =
  /^(?:(?:application|bootstrap)(?:[-.][\w.-]{1,60})?\.(?:ya?ml|properties|conf|json|toml)|microprofile-config\.properties|appsettings(?:\.[\w.-]{1,60})?\.json|launchSettings\.json|local\.settings\.json|\.env(?:\.[\w.-]{1,40})?|[\w.-]{1,60}\.env|(?:config|settings|configuration|production|development|default|reference)(?:[-.](?:prod|production|dev|development|local|default|docker|staging|example|sample|template))?\.(?:ya?ml|json|toml|ini|properties|conf|cfg)|(?:logback|log4j2?)(?:-[\w-]{1,30})?\.xml|nlog\.config)$/i;
const inFolder =
  /(?:^|\/)(?:config|configs|conf|configuration|configurations|settings|cfg)\/[^/]{1,100}\.(?:ya?ml|json|toml|ini|properties|conf|cfg)$/i;
/** Tools have configurations too. */
const ofTools =
  /^(?:package(?:-lock)?|tsconfig[\w.-]*|jsconfig|angular|nest-cli|jest[\w.-]*|babel[\w.-]*|webpack[\w.-]*|eslint[\w.-]*|\.\w+rc|tslint|lerna|nx|turbo|composer|docker-compose[\w.-]*|compose[\w.-]*|kustomization|chart|values[\w.-]*|skaffold|checkstyle|sonar[\w.-]*|pom|renovate|dependabot|codecov|mkdocs|_config|prometheus[\w.-]*|openapi|swagger|locust|manifest|messages[\w.-]*|gradle[\w.-]*|maven[\w.-]*|version|log4j|azure-pipelines|bitbucket-pipelines|buildspec|appveyor|cloudbuild|serverless|template|samconfig|pubspec|lefthook|crowdin|firebase|netlify|vercel|render|fly|filebeat|pre-commit[\w-]*|golangci[\w-]*|readthedocs|action|catalog-info|[\w-]*-pipelines?)\.(?:json|ya?ml|toml|ini|properties|conf|cfg)$/i;

/** True for files of settings of programs, without those of tests. */
export function isSettingsFile(path: string): boolean {
  const name = lastPart(path);
  if (elsewhere.test(path) || ofTools.test(name)) return false;
  if (!named.test(name) && !inFolder.test(path) && servedAs(path) === null) return false;
  return !testProfile.test(profileOfName(path));
}

/** `application-docker.yml` is `docker`, `appsettings.Development.json` is `Development`, `.env.local` is `local`; "" for the default. */
export function profileOfName(path: string): string {
  const name = lastPart(path);
  const found =
    /^(?:application|bootstrap)[-.]([\w.-]{1,60})\.\w{3,10}$/i.exec(name) ??
    /^(?:appsettings|config|settings|configuration)[-.]([\w.-]{1,60})\.\w{3,10}$/i.exec(name) ??
    /^\.env\.([\w.-]{1,40})$/.exec(name) ??
    /^(test|production|development|staging)\.(?:ya?ml|json|toml|ini)$/.exec(name);
  return found?.[1] ?? "";
}

export function isTestProfile(profile: string): boolean {
  return testProfile.test(profile);
}

/** For whom a configuration server hands a file out. */
export interface Served {
  /** `application` for everybody. */
  readonly application: string;
  readonly profile: string;
}

const servable = /^([a-z0-9]\w{0,60}(?:-\w{1,60}){0,6})\.(?:ya?ml|properties)$/i;
/** Folders that configuration servers read. */
const ofServer =
  /(?:^|\/)(?:src\/main\/resources\/[\w-]{0,40}(?:shared|config|repo|cloud|properties|services?|central)[\w-]{0,40}|(?:[\w-]{0,60}-)?(?:config|configuration)s?(?:-(?:repo|repository|server|service|files|data|properties|store))?|shared-config|cloud-config)\/(?:[\w-]{1,60}\/)?[^/]{1,100}$/i;
/** Named like a service of its own, wherever it stands. */
const likeService = /-(?:service|server|gateway|webservice|microservice|ms|svc|registry|api|client|dashboard|portal)$/i;
const profiles =
  /-(docker|dev|development|prod|production|local|localhost|k8s|kubernetes|cloud|aws|azure|gcp|heroku|cf|staging|stage|qa|uat|native|mysql|postgres|compose|swarm|default|openshift|demo|sandbox|eureka|consul)$/i;

/**
 * The application that a file of a configuration repository is for, told by its path: `shared/account-service.yml`, `config-repo/orders-docker.yml`.
 * Null for the settings that a program brings along.
 */
export function servedAs(path: string): Served | null {
  const stem = servable.exec(lastPart(path))?.[1];
  if (stem === undefined || elsewhere.test(path) || ofTools.test(lastPart(path)) || /^bootstrap/i.test(stem)) return null;
  const profile = profiles.exec(stem)?.[1] ?? "";
  const application = profile === "" ? stem : stem.slice(0, -profile.length - 1);
  const isOwn = /(?:^|\/)src\/main\/resources\/[^/]{1,100}$/.test(path);
  // A repository that holds only settings has them at its root.
  const atRoot = !path.includes("/");
  if (/^application$/i.test(application))
    return atRoot || (ofServer.test(path) && !isOwn && !isPlainConfig.test(path))
      ? { application: "application", profile }
      : null;
  if (named.test(lastPart(path)) || isOwn) return null;
  const isServed = ofServer.test(path) || likeService.test(application) || (atRoot && /^[a-z0-9]+-[a-z0-9-]+$/.test(application));
  return isServed ? { application, profile } : null;
}

/** Spring reads `config/application.yml` next to a program as the program's own. */
const isPlainConfig = /(?:^|\/)(?:src\/main\/resources\/)?config\/application[^/]{0,60}$/i;
