export { type GithubOutput, toGithub } from "./to-github.js";
