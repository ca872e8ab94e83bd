// A stand-in: views, as the sources here build them. Each has the systems that Apple's has it since.
@_exported import Combine
@_exported import Foundation

public typealias CGFloat = Double

// MARK: What a view is

@available(iOS 13.0, macOS 10.15, *)
@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Self.Body { get }
}

@available(iOS 13.0, macOS 10.15, *)
extension Never: View {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
extension Optional: View where Wrapped: View {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
@resultBuilder
public struct ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> TupleView<(repeat each Content)> {
        fatalError()
    }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<A: View, B: View>(first: A) -> _ConditionalContent<A, B> { fatalError() }
    public static func buildEither<A: View, B: View>(second: B) -> _ConditionalContent<A, B> { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct EmptyView: View {
    public nonisolated init() {}
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct TupleView<T>: View {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct _ConditionalContent<A: View, B: View>: View {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct ModifiedContent<Content, Modifier> {}

@available(iOS 13.0, macOS 10.15, *)
extension ModifiedContent: View where Content: View, Modifier: ViewModifier {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct _ViewModifier_Content<Modifier: ViewModifier>: View {
    public var body: Never { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
@MainActor @preconcurrency
public protocol ViewModifier {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency func body(content: Self.Content) -> Self.Body
    typealias Content = _ViewModifier_Content<Self>
}

// MARK: State

@available(iOS 13.0, macOS 10.15, *)
public protocol DynamicProperty {}

@available(iOS 13.0, macOS 10.15, *)
@propertyWrapper @dynamicMemberLookup
public struct Binding<Value> {
    @preconcurrency
    public init(get: @escaping @isolated(any) @Sendable () -> Value, set: @escaping @isolated(any) @Sendable (Value) -> Void) {}
    public var wrappedValue: Value {
        get { fatalError() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { self }
    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
extension Binding: @unchecked Sendable where Value: Sendable {}

@available(iOS 13.0, macOS 10.15, *)
@propertyWrapper
public struct State<Value>: DynamicProperty {
    public init(wrappedValue value: Value) {}
    public var wrappedValue: Value {
        get { fatalError() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
extension State: Sendable where Value: Sendable {}

@available(iOS 13.0, macOS 10.15, *)
extension State where Value: ExpressibleByNilLiteral {
    public init() {}
}

@available(iOS 13.0, macOS 10.15, *)
@propertyWrapper @MainActor @preconcurrency
public struct ObservedObject<ObjectType: ObservableObject>: DynamicProperty {
    public init(wrappedValue: ObjectType) {}
    public var wrappedValue: ObjectType {
        get { fatalError() }
        set {}
    }
}

@available(iOS 14.0, macOS 11.0, *)
@propertyWrapper @MainActor @preconcurrency
public struct StateObject<ObjectType: ObservableObject>: DynamicProperty {
    public nonisolated init(wrappedValue thunk: @autoclosure @escaping () -> ObjectType) {}
    public var wrappedValue: ObjectType { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
public struct EnvironmentValues {}

@available(iOS 14.0, macOS 11.0, *)
public enum ScenePhase: Comparable, Sendable {
    case background, inactive, active
}

extension EnvironmentValues {
    @available(iOS 14.0, macOS 11.0, *)
    public var scenePhase: ScenePhase { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
@propertyWrapper
public struct Environment<Value>: DynamicProperty {
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) {}
    public var wrappedValue: Value { fatalError() }
}

@available(iOS 13.0, macOS 10.15, *)
extension Environment: Sendable where Value: Sendable {}

// MARK: What is shown

public enum Edge: Sendable {
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let all = Set(rawValue: 15)
        public static let horizontal = Set(rawValue: 10)
        public static let vertical = Set(rawValue: 5)
        public static let trailing = Set(rawValue: 8)
    }
}

public enum Axis: Sendable {
    case horizontal, vertical

    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let vertical = Set(rawValue: 2)
    }
}

public struct HorizontalAlignment: Sendable {
    public static let leading = HorizontalAlignment()
    public static let center = HorizontalAlignment()
    public static let trailing = HorizontalAlignment()
}

public struct VerticalAlignment: Sendable {
    public static let center = VerticalAlignment()
    public static let bottom = VerticalAlignment()
}

public struct Alignment: Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
}

public struct UnitPoint: Hashable, Sendable {
    public static let bottom = UnitPoint()
}

public protocol ShapeStyle: Sendable {}

public struct Color: View, ShapeStyle, Hashable {
    public static let red = Color()
    public static let blue = Color()
    public static let gray = Color()
    public static let secondary = Color()
    public static let accentColor = Color()
    public nonisolated func opacity(_ opacity: Double) -> Color { self }
    public var body: Never { fatalError() }
}

public struct Font: Hashable, Sendable {
    public static let title = Font()
    public static let caption = Font()
    @available(iOS 14.0, macOS 11.0, *)
    public static let caption2 = Font()
}

@MainActor @preconcurrency
public protocol Shape: View {}

public struct RoundedRectangle: Shape {
    public nonisolated init(cornerRadius: CGFloat) {}
    public var body: Never { fatalError() }
}

public struct LocalizedStringKey: ExpressibleByStringInterpolation, Sendable {
    public init(stringLiteral value: String) {}
}

public struct Text: View {
    @_disfavoredOverload
    public init<S: StringProtocol>(_ content: S) {}
    public init(_ key: LocalizedStringKey) {}
    @available(iOS 14.0, macOS 11.0, *)
    public init(_ date: Date, style: Text.DateStyle) {}
    public func font(_ font: Font?) -> Text { self }
    public func foregroundColor(_ color: Color?) -> Text { self }
    public var body: Never { fatalError() }

    @available(iOS 14.0, macOS 11.0, *)
    public struct DateStyle: Sendable {
        public static let time = DateStyle()
    }
}

public struct Image: View {
    @available(iOS 13.0, macOS 11.0, *)
    public init(systemName: String) {}
    public var body: Never { fatalError() }
}

public struct Divider: View {
    public init() {}
    public var body: Never { fatalError() }
}

public struct Spacer: View {
    public init(minLength: CGFloat? = nil) {}
    public var body: Never { fatalError() }
}

public struct VStack<Content: View>: View {
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

public struct HStack<Content: View>: View {
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

public struct ZStack<Content: View>: View {
    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

public struct PinnedScrollableViews: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

@available(iOS 14.0, macOS 11.0, *)
public struct LazyVStack<Content: View>: View {
    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, pinnedViews: PinnedScrollableViews = .init(),
        @ViewBuilder content: () -> Content
    ) {}
    public var body: Never { fatalError() }
}

public struct ScrollView<Content: View>: View {
    public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

@available(iOS 14.0, macOS 11.0, *)
public struct ScrollViewProxy {
    public func scrollTo<ID: Hashable>(_ id: ID, anchor: UnitPoint? = nil) {}
}

@available(iOS 14.0, macOS 11.0, *)
public struct ScrollViewReader<Content: View>: View {
    public init(@ViewBuilder content: @escaping (ScrollViewProxy) -> Content) {}
    public var body: Never { fatalError() }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {}

extension ForEach where ID == Data.Element.ID, Content: View, Data.Element: Identifiable {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {}
}

extension ForEach: View where Content: View {
    public var body: Never { fatalError() }
}

public struct List<SelectionValue, Content: View>: View {
    public var body: Never { fatalError() }
}

extension List where SelectionValue == Never {
    @MainActor @preconcurrency
    public init<Data: RandomAccessCollection, RowContent: View>(
        _ data: Data, @ViewBuilder rowContent: @escaping (Data.Element) -> RowContent
    ) where Content == ForEach<Data, Data.Element.ID, RowContent>, Data.Element: Identifiable {}
}

public struct Form<Content: View>: View {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

public struct TextField<Label: View>: View {
    public var body: Never { fatalError() }
}

extension TextField where Label == Text {
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>) {}
    @available(iOS 16.0, macOS 13.0, *)
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>, axis: Axis) {}
}

public struct Button<Label: View>: View {
    @preconcurrency
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {}
    public var body: Never { fatalError() }
}

extension Button where Label == Text {
    @preconcurrency
    public init(_ titleKey: LocalizedStringKey, action: @escaping @MainActor () -> Void) {}
    @preconcurrency @_disfavoredOverload
    public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) {}
}

public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: View {
    public var body: Never { fatalError() }
}

extension Picker where Label == Text {
    public init(_ titleKey: LocalizedStringKey, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {}
}

@available(iOS 16.0, macOS 13.0, *)
public struct NavigationStack<Content: View>: View {
    public init(@ViewBuilder root: () -> Content) {}
    public var body: Never { fatalError() }
}

// MARK: Styles

public protocol ListStyle {}
public struct PlainListStyle: ListStyle {
    public init() {}
}
extension ListStyle where Self == PlainListStyle {
    @available(iOS 15.0, macOS 12.0, *)
    public static var plain: PlainListStyle { fatalError() }
}

@MainActor @preconcurrency
public protocol PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle {
    public nonisolated init() {}
}
extension PrimitiveButtonStyle where Self == PlainButtonStyle {
    @available(iOS 15.0, macOS 12.0, *)
    public static var plain: PlainButtonStyle { fatalError() }
}

public protocol TextFieldStyle {}
public struct RoundedBorderTextFieldStyle: TextFieldStyle {}
extension TextFieldStyle where Self == RoundedBorderTextFieldStyle {
    @available(iOS 15.0, macOS 12.0, *)
    public static var roundedBorder: RoundedBorderTextFieldStyle { fatalError() }
}

public protocol PickerStyle {}
@available(iOS 13.0, macOS 10.15, *)
public struct SegmentedPickerStyle: PickerStyle {}
extension PickerStyle where Self == SegmentedPickerStyle {
    @available(iOS 15.0, macOS 12.0, *)
    public static var segmented: SegmentedPickerStyle { fatalError() }
}

// MARK: Modifiers

extension View {
    public nonisolated func modifier<T>(_ modifier: T) -> ModifiedContent<Self, T> { fatalError() }
    public nonisolated func onAppear(perform action: (() -> Void)? = nil) -> some View { self }
    public nonisolated func onDisappear(perform action: (() -> Void)? = nil) -> some View { self }
    public nonisolated func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
    public nonisolated func padding(_ length: CGFloat) -> some View { self }
    public nonisolated func frame(
        minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View { self }
    public nonisolated func offset(x: CGFloat = 0, y: CGFloat = 0) -> some View { self }
    public nonisolated func id<ID: Hashable>(_ id: ID) -> some View { self }
    public nonisolated func tag<V: Hashable>(_ tag: V) -> some View { self }
    public nonisolated func disabled(_ disabled: Bool) -> some View { self }
    public nonisolated func font(_ font: Font?) -> some View { self }
    public nonisolated func foregroundColor(_ color: Color?) -> some View { self }
    public nonisolated func clipShape<S: Shape>(_ shape: S) -> some View { self }
    public nonisolated func listStyle<S: ListStyle>(_ style: S) -> some View { self }
    public nonisolated func pickerStyle<S: PickerStyle>(_ style: S) -> some View { self }
    public nonisolated func textFieldStyle<S: TextFieldStyle>(_ style: S) -> some View { self }
    public nonisolated func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }
    public nonisolated func sheet<Item: Identifiable, Content: View>(
        item: Binding<Item?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (Item) -> Content
    ) -> some View { self }

    @available(iOS 15.0, macOS 12.0, *)
    public nonisolated func background<S: ShapeStyle>(_ style: S) -> some View { self }
    @available(iOS 15.0, macOS 12.0, *)
    public nonisolated func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View { self }
    @available(iOS 15.0, macOS 12.0, *)
    public nonisolated func task(
        priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { self }
    @available(iOS, introduced: 14.0, deprecated: 17.0)
    @available(macOS, introduced: 11.0, deprecated: 14.0)
    public nonisolated func onChange<V: Equatable>(of value: V, perform action: @escaping (V) -> Void) -> some View { self }
    @available(iOS 14.0, macOS 11.0, *)
    public nonisolated func onOpenURL(perform action: @escaping (URL) -> Void) -> some View { self }
    @available(iOS 14.0, macOS 11.0, *)
    public nonisolated func navigationTitle<S: StringProtocol>(_ title: S) -> some View { self }
    @available(iOS 16.0, macOS 13.0, *)
    public nonisolated func navigationDestination<V: View>(
        isPresented: Binding<Bool>, @ViewBuilder destination: () -> V
    ) -> some View { self }
    @available(iOS 14.0, macOS 11.0, *)
    public nonisolated func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { self }
    @available(iOS 16.0, macOS 13.0, *)
    public nonisolated func lineLimit(_ limit: ClosedRange<Int>) -> some View { self }
}

// MARK: Apps

@available(iOS 14.0, macOS 11.0, *)
@MainActor @preconcurrency
public protocol Scene {
    associatedtype Body: Scene
    @SceneBuilder @MainActor @preconcurrency var body: Self.Body { get }
}

@available(iOS 14.0, macOS 11.0, *)
extension Never: Scene {}

@available(iOS 14.0, macOS 11.0, *)
@resultBuilder
public struct SceneBuilder {
    public static func buildBlock<Content: Scene>(_ content: Content) -> Content { content }
}

@available(iOS 14.0, macOS 11.0, *)
public struct WindowGroup<Content: View>: Scene {
    public nonisolated init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

@available(iOS 14.0, macOS 11.0, *)
@MainActor @preconcurrency
public protocol App {
    associatedtype Body: Scene
    @SceneBuilder @MainActor @preconcurrency var body: Self.Body { get }
    init()
}

@available(iOS 14.0, macOS 11.0, *)
extension App {
    public static func main() {}
}
