// A real OpenID provider for the tests: panva's oidc-provider, certified, with people and groups that the tests choose.
//
// Everything of the protocol is its own. Ours are the form to sign in with, and what stands between it and us, as
// somebody in the middle would: told to, it changes what the token endpoint answers on its way out.
import { createHash, createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';

const { settings, modules } = JSON.parse(process.argv[2]);
const { default: Provider } = await import(`${modules}/oidc-provider/lib/index.js`);
const { SignJWT, importJWK } = await import(`${modules}/jose/dist/webapi/index.js`);

const REFRESH = 'refresh_token';
let told = {};

function key(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

const signing = key(settings.kid);
const foreign = key(settings.kid);
const client = {
  client_id: settings.client_id,
  client_secret: settings.client_secret,
  redirect_uris: settings.redirect_uris,
  post_logout_redirect_uris: settings.post_logout_redirect_uris,
  response_types: ['code'],
  grant_types: ['authorization_code', REFRESH],
  backchannel_logout_uri: settings.backchannel_logout_uri,
  backchannel_logout_session_required: true,
};

const provider = new Provider(settings.issuer, {
  clients: [client],
  jwks: { keys: [signing] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub', 'groups', 'employee_number', 'acr', 'amr', 'auth_time'], email: ['email', 'email_verified'] },
  acrValues: ['strong'],
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined }),
  issueRefreshToken: () => told.refreshes !== false,
  rotateRefreshToken: true,
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 86400, Grant: 86400, Interaction: 600, RefreshToken: 86400, Session: 86400 },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount(_ctx, id) {
    const account = told.people?.[id];
    return account && { accountId: id, claims: async () => ({ sub: id, ...account }) };
  },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid email profile offline_access');
    await grant.save();
    return grant;
  },
});

async function read(ctx) {
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function interact(ctx) {
  if (ctx.method === 'GET') {
    const buttons = Object.keys(told.people ?? {}).map((id) => `<p><button name="id" value="${id}">${id}</button></p>`);
    ctx.type = 'html';
    ctx.body = `<!doctype html><meta name="viewport" content="width=device-width"><title>Provider</title>
      <h1>Who are you?</h1><form method="post">${buttons.join('')}</form>`;
    return;
  }
  const accountId = new URLSearchParams(await read(ctx)).get('id');
  const { acr, amr, ts } = told.login ?? {};
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId, acr, amr, ts } });
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function altered(body, how) {
  const [head, payload, signature] = body.id_token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url'));
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), ...how.claims };
  for (const name of how.without ?? []) delete claims[name];
  if (how.as === 'unsigned') return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  if (how.as === 'hs256') {
    const pem = createPublicKey({ key: signing, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const said = `${part({ alg: 'HS256', kid: header.kid, typ: 'JWT' })}.${part(claims)}`;
    return `${said}.${createHmac('sha256', how.secret ?? pem).update(said).digest('base64url')}`;
  }
  if (how.as === 'broken') return `${head}.${payload}.${signature.split('').reverse().join('')}`;
  const signer = await importJWK(how.as === 'foreign' ? foreign : signing, 'RS256');
  return new SignJWT(claims).setProtectedHeader({ ...header, ...how.header }).sign(signer);
}

async function sign(ctx) {
  const { token, ...how } = JSON.parse(await read(ctx));
  ctx.body = { token: await altered({ id_token: token }, how) };
}

async function control(ctx) {
  told = JSON.parse(await read(ctx));
  ctx.body = { fingerprint: createHash('sha256').update(signing.n).digest('hex') };
}

provider.use(async (ctx, next) => {
  if (ctx.path === '/control' && ctx.method === 'POST') return control(ctx);
  if (ctx.path === '/sign' && ctx.method === 'POST') return sign(ctx);
  if (ctx.path.startsWith('/interaction/')) return interact(ctx);
  if (told.fails) {
    ctx.status = told.fails;
    ctx.body = 'no';
    return;
  }
  if (told.elsewhere && ctx.path === '/.well-known/openid-configuration') {
    ctx.redirect(told.elsewhere);
    return;
  }
  await next();
  if (told.discovery && ctx.path === '/.well-known/openid-configuration') ctx.body = { ...ctx.body, ...told.discovery };
  if (told.alters && ctx.path === '/token' && ctx.body?.id_token) {
    ctx.body = { ...ctx.body, id_token: await altered(ctx.body, told.alters) };
  }
});
provider.on('server_error', (_ctx, error) => console.error(error));
provider.on('backchannel.error', (_ctx, error) => console.error(error.message));

provider.listen(settings.port, '127.0.0.1', () => console.log('ready'));
