"""Fills every route of the server with the ids of closed records, by the names of its arguments."""

import inspect
import re

CONVERTER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
# External services, ends of sessions, and what needs the master password
SKIPPED = (
    "/web/database",
    "/web/session/logout",
    "/web/session/destroy",
    "/websocket",
    "/web/tests",
    "/web_unsplash",
    "/web/assets",
    "/web/become",
    "/discuss/gif",
    "/google_gmail",
    "/doc",
    "/microsoft_outlook",
    "/html_editor/generate_text",
    "/web_editor/generate_text",
    "/html_editor/media_library",
    "/html_editor/link_preview_external",
    "/mail/link_preview",
    "/html_editor/video_url",
    "/web_editor/video_url",
    "/html_editor/get_ice_servers",
    "/web_editor/get_ice_servers",
    "/mail/rtc",
    "/xmlrpc",
    "/jsonrpc",
    "/json/2",
    "/base_import_module",
    "/web/set_profiling",
    "/mail/message/translate",
    "/web/login",
    "/web/signup",
    "/web/reset_password",
    "/web/session/authenticate",
    "/auth/passkey",
    "/html_editor/save_library",
    "/web_editor/save_library",
    "/web/speedscope",
    "/web/profile_config",
    "/report/barcode",
    "/scoped_app",
    "/web_editor/font_to_img",
    "/mail/font_to_img",
)


def values(target, method="read"):
    """Return what each argument of a route is filled with to get at ``target``."""
    model, id_, contact, email = (target[name] for name in ("model", "id", "contact", "email"))
    by_model = dict.fromkeys(["model", "thread_model", "res_model", "model_name"], model)
    by_id = dict.fromkeys(
        [
            "id",
            "thread_id",
            "res_id",
            "record_id",
            "docids",
            "active_id",
            "report_id",
            "partner_id",
            "partner",
            "channel_id",
            "message_id",
            "follower_id",
            "activity_id",
            "attachment_id",
            "attachment",
            "member_id",
            "guest_id",
            "object_id",
        ],
        id_,
    )
    by_ids = dict.fromkeys(["ids", "res_ids", "active_ids", "attachment_ids", "record_ids"], [id_])
    return {
        **by_model,
        **by_id,
        **by_ids,
        "partner_ids": [contact],
        "partners_to": [contact],
        "emails": [email],
        "search": "xqs",
        "search_term": "xqs",
        "term": "xqs",
        "domain": [["id", "=", id_]],
        "fields": ["display_name"],
        "field": target["field"],
        "method": method,
        "args": [[id_]],
        "kwargs": {},
        "post_data": {"body": "x", "partner_ids": [contact]},
        "update_data": {"body": "x", "partner_ids": [contact]},
        "xmlid": f"__export__.{model}_{id_}",
        "fetch_params": [
            [
                "mail.thread",
                {
                    "thread_model": model,
                    "thread_id": id_,
                    "request_list": ["followers", "messages"],
                },
            ],
            ["/discuss/create_group", {"partners_to": [contact]}],
            ["/discuss/get_or_create_chat", {"partners_to": [contact]}],
            ["avatar_card", {"id": contact, "model": "res.partner"}],
        ],
        "preview_url": f"{target['base']}/odoo/{model}/{id_}",
        "subpath": f"{model}/{id_}",
        "path": f"{model}/{method}",
        "filename": "x.txt",
        "converter": "html",
        "reportname": target["report"],
        "unique": "x",
        "width": 10,
        "height": 10,
        "actions": [{"resModel": model, "resId": id_}],
        "action_id": 1,
        "token": "x",
        "access_token": "x",
        "service": "object",
        "name": "x",
        "content": "x",
        "data": "{}",
        "params": {"model": model, "res_model": model, "res_id": id_},
        "context": {"integration_show_name": True},
    }


def requests(routing_map, target, wanted):
    """Yield (type, url, arguments) for every ``wanted`` route, filled to get at ``target``."""
    seen = set()
    for rule in routing_map.iter_rules():
        routing = rule.endpoint.routing
        if rule.rule in seen or rule.rule.startswith(SKIPPED):
            continue
        seen.add(rule.rule)
        if not wanted(rule.rule):
            continue
        filled = values(target)
        url = fill(rule.rule, filled)
        parameters = inspect.signature(rule.endpoint.original_endpoint).parameters
        arguments = {
            name: filled[name]
            for name in parameters
            if name in filled and name not in rule.arguments
        }
        methods = rule.methods or ()
        kind = (
            "post"
            if routing["type"] == "http" and methods and "GET" not in methods
            else (routing["type"])
        )
        yield kind, url, arguments


def fill(rule, filled):
    """Return the url of a rule with its converters filled."""
    return CONVERTER.sub(lambda match: str(filled.get(match[1], "x")), rule)
