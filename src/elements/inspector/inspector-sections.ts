/** A document of the specification, as its address names it. */
export type SpecificationDocument = "client-server-api" | "server-server-api" | "application-service-api";

/**
 * The specification's endpoints, each under its section, in the specification's order. The titles are its own
 * and are not translated. https://spec.matrix.org/v1.19/
 */
export const sections: Readonly<Record<SpecificationDocument, string>> = {
  "client-server-api": `
# Well-known URIs
GET /.well-known/matrix/client
GET /.well-known/matrix/support
GET /.well-known/matrix/policy_server
# API Versions
GET /_matrix/client/versions
# Token-authenticated registration
GET /_matrix/client/v1/register/m.login.registration_token/validity
# Login
GET /_matrix/client/v3/login
POST /_matrix/client/v3/login
POST /_matrix/client/v1/login/get_token
POST /_matrix/client/v3/refresh
POST /_matrix/client/v3/logout
POST /_matrix/client/v3/logout/all
# Account registration
POST /_matrix/client/v3/register
POST /_matrix/client/v3/register/email/requestToken
POST /_matrix/client/v3/register/msisdn/requestToken
GET /_matrix/client/v3/register/available
# Password management
POST /_matrix/client/v3/account/password
POST /_matrix/client/v3/account/password/email/requestToken
POST /_matrix/client/v3/account/password/msisdn/requestToken
# Account deactivation
POST /_matrix/client/v3/account/deactivate
# Server metadata discovery
GET /_matrix/client/v1/auth_metadata
# Adding Account Administrative Contact Information
GET /_matrix/client/v3/account/3pid
POST /_matrix/client/v3/account/3pid
POST /_matrix/client/v3/account/3pid/add
POST /_matrix/client/v3/account/3pid/bind
POST /_matrix/client/v3/account/3pid/delete
POST /_matrix/client/v3/account/3pid/unbind
POST /_matrix/client/v3/account/3pid/email/requestToken
POST /_matrix/client/v3/account/3pid/msisdn/requestToken
# Current account information
GET /_matrix/client/v3/account/whoami
# Capabilities negotiation
GET /_matrix/client/v3/capabilities
# Filtering
POST /_matrix/client/v3/user/{userId}/filter
GET /_matrix/client/v3/user/{userId}/filter/{filterId}
# Syncing
GET /_matrix/client/v3/sync
GET /_matrix/client/v3/events
GET /_matrix/client/v3/initialSync
GET /_matrix/client/v3/events/{eventId}
# Getting events for a room
GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}
GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
GET /_matrix/client/v3/rooms/{roomId}/state
GET /_matrix/client/v3/rooms/{roomId}/members
GET /_matrix/client/v3/rooms/{roomId}/joined_members
GET /_matrix/client/v3/rooms/{roomId}/messages
GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event
GET /_matrix/client/v3/rooms/{roomId}/initialSync
# Sending events to a room
PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}
# Redactions
PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}
# Relationships API
GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}
GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}
GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}
# Creating rooms
POST /_matrix/client/v3/createRoom
# Room aliases
PUT /_matrix/client/v3/directory/room/{roomAlias}
GET /_matrix/client/v3/directory/room/{roomAlias}
DELETE /_matrix/client/v3/directory/room/{roomAlias}
GET /_matrix/client/v3/rooms/{roomId}/aliases
# Room membership
GET /_matrix/client/v3/joined_rooms
# Joining rooms
POST /_matrix/client/v3/rooms/{roomId}/invite
POST /_matrix/client/v3/rooms/{roomId}/join
POST /_matrix/client/v3/join/{roomIdOrAlias}
# Knocking on rooms
POST /_matrix/client/v3/knock/{roomIdOrAlias}
# Leaving rooms
POST /_matrix/client/v3/rooms/{roomId}/leave
POST /_matrix/client/v3/rooms/{roomId}/forget
POST /_matrix/client/v3/rooms/{roomId}/kick
# Banning users in a room
POST /_matrix/client/v3/rooms/{roomId}/ban
POST /_matrix/client/v3/rooms/{roomId}/unban
# Published room directory
GET /_matrix/client/v3/directory/list/room/{roomId}
PUT /_matrix/client/v3/directory/list/room/{roomId}
GET /_matrix/client/v3/publicRooms
POST /_matrix/client/v3/publicRooms
# Room Summaries
GET /_matrix/client/v1/room_summary/{roomIdOrAlias}
# User Directory
POST /_matrix/client/v3/user_directory/search
# Profiles
PUT /_matrix/client/v3/profile/{userId}/{keyName}
GET /_matrix/client/v3/profile/{userId}/{keyName}
DELETE /_matrix/client/v3/profile/{userId}/{keyName}
GET /_matrix/client/v3/profile/{userId}
# Voice over IP
GET /_matrix/client/v3/voip/turnServer
# Typing Notifications
PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}
# Receipts
POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}
# Fully read markers
POST /_matrix/client/v3/rooms/{roomId}/read_markers
# Presence
PUT /_matrix/client/v3/presence/{userId}/status
GET /_matrix/client/v3/presence/{userId}/status
# Content repository
GET /_matrix/client/v1/media/download/{serverName}/{mediaId}
GET /_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}
GET /_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}
GET /_matrix/client/v1/media/preview_url
GET /_matrix/client/v1/media/config
POST /_matrix/media/v3/upload
PUT /_matrix/media/v3/upload/{serverName}/{mediaId}
POST /_matrix/media/v1/create
GET /_matrix/media/v3/download/{serverName}/{mediaId}
GET /_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}
GET /_matrix/media/v3/thumbnail/{serverName}/{mediaId}
GET /_matrix/media/v3/preview_url
GET /_matrix/media/v3/config
# Send-to-Device messaging
PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}
# Device Management
GET /_matrix/client/v3/devices
GET /_matrix/client/v3/devices/{deviceId}
PUT /_matrix/client/v3/devices/{deviceId}
DELETE /_matrix/client/v3/devices/{deviceId}
POST /_matrix/client/v3/delete_devices
# Cross-signing
POST /_matrix/client/v3/keys/device_signing/upload
POST /_matrix/client/v3/keys/signatures/upload
# Server-side key backups
POST /_matrix/client/v3/room_keys/version
GET /_matrix/client/v3/room_keys/version
GET /_matrix/client/v3/room_keys/version/{version}
PUT /_matrix/client/v3/room_keys/version/{version}
DELETE /_matrix/client/v3/room_keys/version/{version}
PUT /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}
GET /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}
DELETE /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}
PUT /_matrix/client/v3/room_keys/keys/{roomId}
GET /_matrix/client/v3/room_keys/keys/{roomId}
DELETE /_matrix/client/v3/room_keys/keys/{roomId}
PUT /_matrix/client/v3/room_keys/keys
GET /_matrix/client/v3/room_keys/keys
DELETE /_matrix/client/v3/room_keys/keys
# Key management API
POST /_matrix/client/v3/keys/upload
POST /_matrix/client/v3/keys/query
POST /_matrix/client/v3/keys/claim
GET /_matrix/client/v3/keys/changes
# Push Rules: API
GET /_matrix/client/v3/pushrules/
GET /_matrix/client/v3/pushrules/global/
GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
DELETE /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled
PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled
GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions
PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions
# Push Notifications
GET /_matrix/client/v3/pushers
POST /_matrix/client/v3/pushers/set
# Listing Notifications
GET /_matrix/client/v3/notifications
# Server Side Search
POST /_matrix/client/v3/search
# Room Tagging
GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags
PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
# Client Config
PUT /_matrix/client/v3/user/{userId}/account_data/{type}
GET /_matrix/client/v3/user/{userId}/account_data/{type}
PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}
GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}
# Server Administration
GET /_matrix/client/v3/admin/whois/{userId}
GET /_matrix/client/v1/admin/suspend/{userId}
PUT /_matrix/client/v1/admin/suspend/{userId}
GET /_matrix/client/v1/admin/lock/{userId}
PUT /_matrix/client/v1/admin/lock/{userId}
# Event Context
GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}
# Client login via SSO
GET /_matrix/client/v3/login/sso/redirect
GET /_matrix/client/v3/login/sso/redirect/{idpId}
# Reporting Content
POST /_matrix/client/v3/rooms/{roomId}/report
POST /_matrix/client/v3/rooms/{roomId}/report/{eventId}
POST /_matrix/client/v3/users/{userId}/report
# Third-party Lookups
GET /_matrix/client/v3/thirdparty/protocols
GET /_matrix/client/v3/thirdparty/protocol/{protocol}
GET /_matrix/client/v3/thirdparty/location/{protocol}
GET /_matrix/client/v3/thirdparty/user/{protocol}
GET /_matrix/client/v3/thirdparty/location
GET /_matrix/client/v3/thirdparty/user
# OpenID
POST /_matrix/client/v3/user/{userId}/openid/request_token
# Room Upgrades
POST /_matrix/client/v3/rooms/{roomId}/upgrade
# Discovering rooms within spaces
GET /_matrix/client/v1/rooms/{roomId}/hierarchy
# Querying threads in a room
GET /_matrix/client/v1/rooms/{roomId}/threads
# Mutual Rooms
GET /_matrix/client/v1/mutual_rooms
`,
  "server-server-api": `
# Resolving server names
GET /.well-known/matrix/server
# Server discovery
GET /_matrix/federation/v1/version
# Publishing Keys
GET /_matrix/key/v2/server
# Querying Keys Through Another Server
GET /_matrix/key/v2/query/{serverName}
POST /_matrix/key/v2/query
# Transactions
PUT /_matrix/federation/v1/send/{txnId}
# Retrieving event authorisation information
GET /_matrix/federation/v1/event_auth/{roomId}/{eventId}
# Backfilling and retrieving missing events
GET /_matrix/federation/v1/backfill/{roomId}
POST /_matrix/federation/v1/get_missing_events/{roomId}
# Retrieving events
GET /_matrix/federation/v1/state/{roomId}
GET /_matrix/federation/v1/state_ids/{roomId}
GET /_matrix/federation/v1/event/{eventId}
GET /_matrix/federation/v1/timestamp_to_event/{roomId}
# Joining Rooms
GET /_matrix/federation/v1/make_join/{roomId}/{userId}
PUT /_matrix/federation/v2/send_join/{roomId}/{eventId}
# Knocking upon a room
GET /_matrix/federation/v1/make_knock/{roomId}/{userId}
PUT /_matrix/federation/v1/send_knock/{roomId}/{eventId}
# Inviting to a room
PUT /_matrix/federation/v1/invite/{roomId}/{eventId}
PUT /_matrix/federation/v2/invite/{roomId}/{eventId}
# Leaving Rooms (Rejecting Invites)
GET /_matrix/federation/v1/make_leave/{roomId}/{userId}
PUT /_matrix/federation/v2/send_leave/{roomId}/{eventId}
# Third-party invites
PUT /_matrix/federation/v1/exchange_third_party_invite/{roomId}
PUT /_matrix/federation/v1/3pid/onbind
# Published Room Directory
GET /_matrix/federation/v1/publicRooms
POST /_matrix/federation/v1/publicRooms
# Spaces
GET /_matrix/federation/v1/hierarchy/{roomId}
# Querying for information
GET /_matrix/federation/v1/query/{queryType}
GET /_matrix/federation/v1/query/directory
GET /_matrix/federation/v1/query/profile
# OpenID
GET /_matrix/federation/v1/openid/userinfo
# Device Management
GET /_matrix/federation/v1/user/devices/{userId}
# End-to-End Encryption
POST /_matrix/federation/v1/user/keys/claim
POST /_matrix/federation/v1/user/keys/query
# Content Repository
GET /_matrix/federation/v1/media/download/{mediaId}
GET /_matrix/federation/v1/media/thumbnail/{mediaId}
# Asking for a Policy Server signature on an event
POST /_matrix/policy/v1/sign
`,
  "application-service-api": `
# Pushing events
PUT /_matrix/app/v1/transactions/{txnId}
# Pinging
POST /_matrix/app/v1/ping
POST /_matrix/client/v1/appservice/{appserviceId}/ping
# Querying
GET /_matrix/app/v1/users/{userId}
GET /_matrix/app/v1/rooms/{roomAlias}
# Third-party networks
GET /_matrix/app/v1/thirdparty/protocol/{protocol}
GET /_matrix/app/v1/thirdparty/user/{protocol}
GET /_matrix/app/v1/thirdparty/location/{protocol}
GET /_matrix/app/v1/thirdparty/location
GET /_matrix/app/v1/thirdparty/user
# Published room directories
PUT /_matrix/client/v3/directory/list/appservice/{networkId}/{roomId}
`,
};
