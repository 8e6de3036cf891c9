/** Words for a kind of file, which say nothing of the business. */
import { wordsOf } from "#util/words.js";

export const technicalWords: ReadonlySet<string> = new Set(
  "api apis controller controllers model models entity entities view views template templates helper helpers service services job jobs worker workers mailer mailers serializer serializers presenter presenters decorator decorators component components container containers reducer reducers action actions selector selectors store stores hook hooks util utils utility utilities lib libs common shared core base middleware table tables column columns db sidekiq uploader uploaders patches form forms filter filters filterset filtersets migration migrations repository repositories dto dtos mapper mappers config configuration exception exceptions error errors validator validators policy policies resolver resolvers handler handlers route routes router routers type types interface interfaces constant constants page pages screen screens query queries command commands event events listener listeners schema schemas graphql rest grpc http web ui src main java kotlin app apps packages internal pkg test tests bulk edit list detail import export".split(
    " ",
  ),
);

/** Of a folder or a component: nothing but such words. */
export function isTechnical(name: string): boolean {
  return wordsOf(name).every((word) => technicalWords.has(word));
}
