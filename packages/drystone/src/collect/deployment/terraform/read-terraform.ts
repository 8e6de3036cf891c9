/** What Terraform runs and keeps: programs with their environment, and stores. */
import { lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import type { Deployed } from "../deployed.js";
import { byBaseFirst } from "../kubernetes-variants.js";
import { taskContainers } from "./containers.js";
import { cloudPrograms } from "./deployed-by-cloud.js";
import { kubernetesPrograms } from "./kubernetes-provider.js";
import { type Placed, placedBlocks } from "./modules.js";
import { registryPrograms } from "./registry-programs.js";
import { storeOf, type TerraformStore } from "./stores.js";

export interface TerraformEstate {
  readonly deployed: readonly TerraformProgram[];
  readonly stores: readonly TerraformStore[];
  readonly problems: readonly Problem[];
}

export interface TerraformProgram extends Deployed {
  /** As values refer to it: `google_cloud_run_service.cart`, of which `.status.0.url` is its address. */
  readonly address: string;
}

/** True for files that `readTerraform` looks into. */
export function isTerraformFile(path: string): boolean {
  return (
    /\.tf(?:\.json)?$|(?:^|\/)terraform\.tfvars$|\.auto\.tfvars$/.test(path) ||
    (/\.(?:json|tpl|tftpl|tmpl)$/.test(path) &&
      /(?:^|\/)(?:terraform|infra(?:structure)?|task-definitions?|templates)\//i.test(path))
  );
}

/** @param files texts by path, all of a repository for which `isTerraformFile` holds: modules reach into other folders. */
export function readTerraform(files: ReadonlyMap<string, string>): TerraformEstate {
  const blocks = placedBlocks(files);
  const roots = [...new Set(blocks.map((placed) => placed.root))].sort(byBaseFirst);
  const problems = [...files].flatMap(([path, text]) =>
    text.length > maxText && /\.tf(?:\.json)?$/.test(path) ? [tooLarge(path)] : [],
  );
  const byRoot = roots.map((root) => ({ root, own: blocks.filter((placed) => placed.root === root) }));
  return {
    deployed: withVariants(byRoot.map(({ root, own }) => ({ root, deployed: programsOf(own) }))),
    stores: distinctStores(byRoot),
    problems,
  };
}

const maxText = 1024 * 1024;

function tooLarge(path: string): Problem {
  return { path, line: null, message: `${path} is larger than 1 MB`, hint: "split the file; only its start was read" };
}

function programsOf(blocks: readonly Placed[]): TerraformProgram[] {
  const each = blocks.flatMap((placed) =>
    [...cloudPrograms(placed), ...registryPrograms(placed)].map((one) => ({ ...one, address: placed.address })),
  );
  return [...each, ...taskContainers(blocks), ...kubernetesPrograms(blocks)];
}

/** The same program from several root modules: the first is the base, others are variants as far as they differ. */
function withVariants(
  byRoot: readonly { readonly root: string; readonly deployed: readonly TerraformProgram[] }[],
): TerraformProgram[] {
  const seen = new Map<string, Set<string>>();
  return byRoot.flatMap(({ root, deployed }) =>
    deployed.flatMap((one) => {
      const known = seen.get(one.name);
      const words = JSON.stringify([one.image, one.environment.map(({ key, value }) => [key, value]), one.ports, one.aliases]);
      if (known?.has(words)) return [];
      seen.set(one.name, (known ?? new Set()).add(words));
      return [known === undefined ? one : { ...one, variant: lastPart(root) || root }];
    }),
  );
}

/** Of a module that several root modules call, its stores as the first of them makes them. */
function distinctStores(byRoot: readonly { readonly root: string; readonly own: readonly Placed[] }[]): TerraformStore[] {
  const owners = new Map<string, string>();
  const found = byRoot.flatMap(({ root, own }) =>
    own.flatMap((placed) => {
      const store = storeOf(placed);
      if (!store) return [];
      const place = `${store.file}:${store.line}`;
      owners.set(place, owners.get(place) ?? root);
      return owners.get(place) === root ? [store] : [];
    }),
  );
  return [...new Map(found.map((store) => [`${store.file}:${store.line} ${store.name}`, store])).values()];
}
