export { toGitlab } from "./to-gitlab.js";
