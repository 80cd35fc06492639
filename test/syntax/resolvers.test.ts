import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isWorthParsing } from '../../server/core/syntax/typescript/preFilter';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

/** Each resolver as `Type.field(parent)`, with `*` behind a root field. */
function resolvers(text: string): string[] {
  const facts = readTypeScriptFacts('schema.ts', text);
  return facts.resolvers.map(
    ({ type, field, root, parent }) =>
      `${type ?? '?'}.${field}${parent === undefined ? '' : `(${parent})`}${root ? '*' : ''}`,
  );
}

describe('resolvers', () => {
  it('are the decorated methods of a Nest resolver class, under the names their decorators give', () => {
    const text = `
      import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
      @Resolver(() => User)
      export class UserResolver {
        @Query(() => [User], { name: 'everyone' }) users() { return this.users.all(); }
        @ResolveField(() => [Post]) posts(@Args() page: Page, @Parent() user: User) { return this.posts.of(user.id); }
        @ResolveField('fullName') name(@Parent() user: User) { return user.first + user.last; }
        helper() {}
      }`;
    assert.deepEqual(resolvers(text), ['Query.everyone*', 'User.posts(1)', 'User.fullName(0)']);
  });

  it("are the methods of TypeGraphQL's object types, which read from `this`", () => {
    const text = `
      import { Field, ObjectType } from 'type-graphql';
      @ObjectType()
      export class User {
        @Field(() => [Post]) async posts() { return db.post.findMany({ where: { authorId: this.id } }); }
        @Field() email: string;
      }`;
    assert.deepEqual(resolvers(text), ['User.posts(this)']);
  });

  it('are not the methods of classes that only look alike', () => {
    const text = `
      import { Query, Resolver } from './own-decorators';
      @Resolver(() => User)
      export class UserResolver { @Query() users() {} }`;
    assert.deepEqual(resolvers(text), []);
  });

  it('are what Pothos fields resolve with, whatever builds the type', () => {
    const text = `
      const Tag = builder.objectRef<TagShape>('Tag');
      Tag.implement({ fields: (t) => ({ name: t.exposeString('name'), uses: t.int({ resolve: (tag) => count(tag) }) }) });
      builder.prismaObject('User', {
        fields: (t) => ({
          posts: t.relation('posts'),
          drafts: t.prismaField({ type: ['Post'], resolve: (query, user) => drafts(query, user) }),
          age: t.withAuth({ self: true }).int({ resolve(user) { return ageOf(user); } }),
        }),
      });
      builder.queryField('me', (t) => t.field({ type: 'User', resolve: (_root, _args, ctx) => ctx.user }));
      builder.mutationFields((t) => ({ logOut: t.boolean({ resolve: () => true }) }));
      builder.objectField(Tag, 'label', (t) => t.string({ resolve: (tag) => tag.name }));`;
    assert.deepEqual(resolvers(text), [
      'Tag.uses(0)',
      'User.drafts(1)',
      'User.age(0)',
      'Query.me*',
      'Mutation.logOut*',
      'Tag.label(0)',
    ]);
  });

  it('are what Nexus fields resolve with, also in definitions that add to a type', () => {
    const text = `
      import { extendType, objectType, queryField } from 'nexus';
      import { Post } from 'nexus-prisma';
      export const User = objectType({
        name: 'User',
        definition(t) {
          t.nonNull.id('id');
          t.list.field('posts', { type: 'Post', resolve: (user, _args, ctx) => ctx.posts(user.id) });
          t.field({ name: 'team', type: 'Team', resolve(user) { return teamOf(user); } });
        },
      });
      export const PostFields = objectType({ name: Post.$name, definition(t) { t.field('author', { resolve: authorOf }); } });
      function authorOf(post) {}
      export const Queries = extendType({ type: 'Query', definition: (t) => { t.field('now', { resolve: () => 1 }); } });
      export const me = queryField('me', { type: 'User', resolve: (_root, _args, ctx) => ctx.user });`;
    assert.deepEqual(resolvers(text), ['User.posts(0)', 'User.team(0)', 'Post.author(0)', 'Query.now*', 'Query.me*']);
  });

  it('are what the fields of graphql-js objects resolve with', () => {
    const text = `
      export const UserType = new GraphQLObjectType({
        name: 'User',
        fields: () => ({ id: { type: GraphQLInt }, posts: { type: Posts, resolve: (user) => postsOf(user.id) } }),
      });
      export const RootQuery = new GraphQLObjectType({ name: 'RootQuery', fields: { me: { type: UserType, resolve() {} } } });`;
    assert.deepEqual(resolvers(text), ['User.posts(0)', 'Query.me*']);
  });

  it('are the functions of a map of types, through names, spreads and wrappers', () => {
    const text = `
      const userFields = { team: (user) => teamOf(user) };
      export const resolvers = {
        Query: { users: () => all(), me: isAuthenticated((_root, _args, ctx) => ctx.user) },
        User: { posts, ...userFields, Kind: 1 },
        Subscription: { added: { subscribe: () => stream() } },
        DateTime: GraphQLDateTime,
      };
      function posts(user) {}`;
    assert.deepEqual(resolvers(text), [
      'Query.users*',
      'Query.me*',
      'User.posts(0)',
      'User.team(0)',
      'Subscription.added*',
    ]);
  });

  it('are known by the types that code generation gives them', () => {
    const text = `
      export const User: UserResolvers<Context> = { posts: (user) => postsOf(user) };
      export const me: NonNullable<QueryResolvers['me']> = async (_root, _args, ctx) => ctx.user;
      export const Post = { author: (post) => authorOf(post) } satisfies Resolvers['Post'];`;
    assert.deepEqual(resolvers(text), ['User.posts(0)', 'Query.me*', 'Post.author(0)']);
  });

  it('are not guessed from an object that stands alone', () => {
    const text = `export const User = { posts: (user) => db.post.findMany({ where: { authorId: user.id } }) };`;
    assert.deepEqual(resolvers(text), []);
  });

  it('say which calls are given something of the parent', () => {
    const text = `
      import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
      @Resolver(() => User)
      export class UserResolver {
        @ResolveField()
        async posts(@Parent() { id }: User) {
          const key = String(id);
          const rules = await this.rules.all();
          return this.posts.of(key, rules);
        }
      }`;
    const [posts] = readTypeScriptFacts('user.ts', text).resolvers;
    assert.deepEqual(
      posts?.byParent?.map((end) => text.slice(text.lastIndexOf(' ', end - 1) + 1, end)),
      ['String', 'this.posts.of'],
    );
  });

  it('say where they give back what the parent already holds', () => {
    const preloaded = (body: string) => {
      const text = `export const resolvers: Resolvers = { User: { posts: (user, args, ctx) => ${body} } };`;
      return readTypeScriptFacts('user.ts', text).resolvers[0]?.preloaded ?? false;
    };
    assert.equal(preloaded('{ if (user.posts) return user.posts; return find(user.id); }'), true);
    assert.equal(preloaded('user.posts ?? find(user.id)'), true);
    assert.equal(preloaded('user.posts ? user.posts : find(user.id)'), true);
    assert.equal(preloaded('{ if (!user.posts) { return find(user.id); } return user.posts.slice(0, 3); }'), true);
    assert.equal(
      preloaded('{ let posts = user.posts; if (!user.posts) posts = await find(user.id); return posts; }'),
      true,
    );
    assert.equal(preloaded('{ if (!user.id) return []; return find(user.id); }'), false);
    assert.equal(preloaded('find(user.id ?? 0)'), false);
    assert.equal(preloaded('{ if (user.teamId) return find(user.teamId); return null; }'), false);
  });

  it('say where a check of rights lets only the viewer pass', () => {
    const forOne = (authScopes: string) => {
      const text = `builder.objectType('User', { fields: (t) => ({ mail: t.field({ authScopes: ${authScopes}, resolve: (user) => find(user.id) }) }) });`;
      return readTypeScriptFacts('user.ts', text).resolvers[0]?.forOne ?? false;
    };
    assert.equal(forOne('(user, _args, { viewer }) => viewer?.admin || viewer?.id === user.id'), true);
    assert.equal(forOne('{ loggedIn: true }'), false);
  });

  it('say where they go on for the viewer alone', () => {
    const forOne = (body: string) => {
      const text = `export const resolvers: Resolvers = { User: { mail: (user, args, { viewer }) => { ${body} } } };`;
      return readTypeScriptFacts('user.ts', text).resolvers[0]?.forOne ?? false;
    };
    assert.equal(forOne('if (viewer.id !== user.id) return []; return find(user.id);'), true);
    assert.equal(forOne('if (user.id !== viewer?.id) { throwErr(HIDDEN); } return find(user.id);'), true);
    assert.equal(forOne("if (user.kind !== 'person') return []; return find(user.id);"), false);
    assert.equal(forOne('if (user.kind !== Kind.Person) return []; return find(user.id);'), false);
  });

  it('are found in files that name no query themselves', () => {
    for (const text of [
      "builder.prismaObject('User', { fields: (t) => ({ posts: t.field({ resolve: (user) => postsOf(user.id) }) }) });",
      'UserRef.implement({ fields: (t) => ({ posts: t.field({ resolve: (user) => postsOf(user.id) }) }) });',
      "export const User = objectType({ name: 'User', definition(t) { t.field('posts', { resolve: postsOf }); } });",
      '@ObjectType() export class User { @Field() posts() { return postsOf(this.id); } }',
      'export const User: UserResolvers = { posts: (user) => postsOf(user.id) };',
    ])
      assert.ok(isWorthParsing(text), text);
  });
});
