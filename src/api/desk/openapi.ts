import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { ProblemBody } from '../contract/problem';
import type { Who } from '../routes';
import type { PublishedRoute } from './json-routes';

const SESSION = 'session';

/** The description of the routes in OpenAPI 3.1, made from the schemas that validate, so that it cannot say otherwise. */
export function openApiDocument(routes: readonly PublishedRoute[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', SESSION, { type: 'apiKey', in: 'cookie', name: 'desk_session' });
  for (const route of routes) registry.registerPath(operation(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Rep desk', version: '1', description: 'Writes need an Origin header that names the application.' },
  });
}

function operation({ method, path, who, summary, query, body, answer }: PublishedRoute): RouteConfig {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const params = names.length > 0 ? z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) : undefined;
  return {
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    summary,
    description: callers(who),
    ...(who === 'public' ? {} : { security: [{ [SESSION]: [] }] }),
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      ...(answer
        ? { 200: { description: 'Done', content: { 'application/json': { schema: answer } } } }
        : { 204: { description: 'Done' } }),
      default: {
        description: 'Not done',
        content: { 'application/problem+json': { schema: ProblemBody } },
      },
    },
  };
}

function callers(who: Who): string {
  return typeof who === 'string' ? 'Anybody' : `Roles: ${who.join(', ')}`;
}
